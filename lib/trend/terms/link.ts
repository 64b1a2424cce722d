/** Parameters that tell who sent a reader, not what is read. */
const tracking =
  /^(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|ref_src|ref_url|cmpid|ncid|ocid|smid|spm|soc_(?:src|trk)|s_campaign|__twitter_impression|feature=(?:youtu\.be|share|youtube_gdata.*))(?:=|$)/i;

/**
 * A link as the term it is, so that the same page is one term however it was passed on: without scheme, `www.`, usual port,
 * fragment, parameters that only track, and slashes at the end; host in lower case, parameters in order. A fragment that
 * begins with `!` names a page and stays. Done twice it is the same. Short links stay what they are.
 */
export function normaliseLink(link: string): string {
  const { length } = link;
  // Most are short: `https://t.co/name`.
  const scheme = link.startsWith('//', 5) ? 7 : link.startsWith('//', 6) ? 8 : 0;
  let from = link.startsWith('//') ? 2 : 0;
  if (scheme > 0 && /^https?:$/i.test(link.slice(0, scheme - 2))) from = scheme;
  let end = from;
  while (end < length && !endsHost(link.charCodeAt(end))) end += 1;
  const host = hostOf(link.slice(from, end));
  const hash = link.indexOf('#', end);
  const page = hash === -1 ? length : hash;
  const fragment = hash !== -1 && link.startsWith('#!', hash) ? cut(link, hash, length) : '';
  const question = link.indexOf('?', end);
  const asks = question !== -1 && question < page;
  const query = asks ? queryOf(link.slice(question + 1, page)) : '';
  const path = cut(link, end, asks ? question : page);
  return host + (path + query === '' && fragment !== '' ? '/' : path) + query + fragment;
}

function queryOf(query: string): string {
  const kept = query.split('&').filter((part) => part !== '' && !tracking.test(part));
  return kept.length > 0 ? `?${kept.sort().join('&')}` : '';
}

/** `/`, `?` or `#`. */
const endsHost = (code: number) => code === 47 || code === 63 || code === 35;

function hostOf(host: string): string {
  const lower = host.toLowerCase();
  if (!/^(?:www\.|-)|[:.]\d*$/.test(lower)) return lower;
  return lower.replace(/(?::(?:80|443)?|\.)+$/, '').replace(/^(?:-|www\.(?=[^.]+\.))+/, '');
}

/** Part of a link without slashes at its end. */
function cut(link: string, from: number, to: number): string {
  let end = to;
  while (end > from && link.charCodeAt(end - 1) === 47) end -= 1;
  return link.slice(from, end);
}
