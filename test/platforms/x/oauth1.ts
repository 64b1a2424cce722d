import { createHmac } from 'node:crypto';

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Whether a request is signed as RFC 5849 has it: HMAC-SHA1 over method, address, and all parameters but JSON's. */
export function signedRight(
  header: string,
  request: Request,
  keys: { appKey: string; appSecret: string; token: string; tokenSecret: string },
): boolean {
  const said = new Map(
    [...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  if (said.get('oauth_consumer_key') !== keys.appKey) return false;
  if (said.get('oauth_token') !== keys.token) return false;
  const url = new URL(request.url);
  const parameters = [...url.searchParams, ...said]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const base = [request.method, `${url.origin}${url.pathname}`, parameters.join('&')];
  const key = `${encode(keys.appSecret)}&${encode(keys.tokenSecret)}`;
  const expected = createHmac('sha1', key).update(base.map(encode).join('&')).digest('base64');
  return said.get('oauth_signature') === expected;
}
