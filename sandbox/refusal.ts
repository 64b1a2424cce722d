/** An answer other than success, in one of GitLab's four envelopes. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(JSON.stringify(body));
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const say = (status: number, message: unknown) => new Refusal(status, { message });

export const notFound = (what = '') =>
  say(404, what === '' ? '404 Not found' : `404 ${what} Not Found`);
export const unknownRoute = () => new Refusal(404, { error: '404 Not Found' });
export const forbidden = (why = '') => say(403, why === '' ? '403 Forbidden' : why);
export const unauthorized = () => say(401, '401 Unauthorized');
export const notAllowed = () => say(405, '405 Method Not Allowed');
export const conflict = (why: unknown) => say(409, why);
/** What a service refused, in its own words. */
export const bad = (why: unknown) => say(400, why);
export const unprocessable = (why: unknown) => say(422, why);
/** A model that cannot be saved, as Ruby prints its errors. */
export const unsavable = (model: string, field: string, why: string) =>
  say(400, `400 Bad request - ${model} {:${field}=>["${why}"]}`);
/** A parameter that cannot be read. */
export const invalid = (why: string) => new Refusal(400, { error: why });
export const revokedToken = () =>
  badToken('Token was revoked. You have to re-authorize from the user.');
export const expiredToken = () =>
  badToken('Token is expired. You can either do re-authorization or token refresh.');
const badToken = (why: string) =>
  new Refusal(401, { error: 'invalid_token', error_description: why });
export const narrowScope = () =>
  new Refusal(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token',
  });
