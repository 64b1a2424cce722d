import { z } from 'zod';
import { fail, type PulseError } from '../errors.ts';
import { sortAnswer } from './failure.ts';
import type { Answer } from './http.ts';
import type { Said } from './meter.ts';

/** What a code of the Graph API means for a delivery, and what helps. */
export interface Known {
  /** `transient`: it may have been carried out if it was to make a post visible. `busy`: it was not. */
  as: 'refused' | 'busy' | 'credentials' | 'transient';
  remedy?: string;
  link?: string;
}

/** By code, or by subcode where that says more; both are unique enough to share one table. */
export type Codes = Readonly<Record<number, Known>>;

const envelope = z.object({
  error: z.object({
    message: z.string().default('it said nothing'),
    code: z.number().default(0),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_msg: z.string().optional(),
    error_data: z.unknown().optional(),
  }),
});
export type GraphError = z.infer<typeof envelope>['error'];

const anew = 'Sign in anew and grant the permission it names, then `/pulse retry`.';

/** Codes every network of the Graph API shares. Source: its pages "Handling errors" and "Rate limiting". */
const shared: Codes = {
  [-2]: { as: 'transient' },
  [-1]: { as: 'transient' },
  1: { as: 'transient' },
  2: { as: 'transient' },
  3: { as: 'credentials', remedy: anew },
  10: { as: 'credentials', remedy: anew },
  102: { as: 'credentials' },
  190: { as: 'credentials' },
  368: {
    as: 'refused',
    remedy:
      'The account is blocked for a while; look at its support inbox before you try it again.',
    link: 'https://www.facebook.com/support',
  },
};

/** The error in an answer, if it is one of the Graph API. */
export function graphErrorOf(body: unknown): GraphError | undefined {
  return envelope.safeParse(body).data?.error;
}

/** Whether an answer says that what was asked for is not there (any more). */
export function isGone({ status, body }: Answer): boolean {
  const { code, error_subcode: subcode } = graphErrorOf(body) ?? {};
  if (code === undefined) return status === 404 || status === 410;
  return (code === 100 && subcode === 33) || code === 803 || (code === 24 && subcode !== 2207050);
}

/** The Graph API says 400 where others say 401. */
export function isTokenRefused({ status, body }: Answer): boolean {
  const code = graphErrorOf(body)?.code;
  return status === 400 && (code === 190 || code === 102);
}

/** Sorts answers of one network; its own codes win over the shared ones, subcodes over codes. */
export function graphSorter(platform: string, own: Codes, now: () => number) {
  return (answer: Answer, acting: boolean): PulseError => {
    const error = graphErrorOf(answer.body);
    const { status } = answer;
    if (!error) return sortAnswer(platform, { status, message: bare(answer.body) }, acting);
    const { code, error_subcode: subcode } = error;
    const known = (subcode === undefined ? undefined : own[subcode]) ?? own[code] ?? byCode(code);
    const { remedy, link } = known ?? {};
    const numbers = subcode === undefined ? String(code) : `${String(code)}/${String(subcode)}`;
    const message = `${veil(error.error_user_msg ?? error.message)} (code ${numbers})`;
    const about = { platform, status, message, ...(link !== undefined && { link }) };
    const as = known?.as ?? (error.is_transient ? 'transient' : undefined);
    const help = remedy === undefined ? {} : { remedy };
    if (as === 'credentials') return fail('CREDENTIALS_REFUSED', { ...about, ...help });
    if (as === 'busy') {
      const until = regained(answer, now);
      return fail('DELIVERY_BUSY', { ...about, ...(until !== undefined && { until }) });
    }
    if (as === 'transient') {
      if (!acting) return fail('DELIVERY_BUSY', about);
      return fail('DELIVERY_UNKNOWN', { platform, why: `it answered ${message}` });
    }
    if (as === 'refused') return fail('DELIVERY_REFUSED', { ...about, ...help });
    return sortAnswer(platform, { status, message, until: regained(answer, now) }, acting);
  };
}

function byCode(code: number): Known | undefined {
  if (code >= 200 && code <= 299) return { as: 'credentials', remedy: anew };
  return isLimit(code) ? { as: 'busy' } : shared[code];
}

/** Of the app, the person, the Page, one kind of call; from 80000 on of business use cases (80002: Instagram). */
const isLimit = (code: number) =>
  [4, 17, 32, 341, 613].includes(code) || (code >= 80_000 && code <= 80_014);

const usage = z.object({
  call_count: z.number().default(0),
  total_cputime: z.number().default(0),
  total_time: z.number().default(0),
  /** Minutes. */
  estimated_time_to_regain_access: z.number().default(0),
});

/** Every usage that the headers tell of; percent of what is allowed, each. */
function usages({ headers }: Answer): z.infer<typeof usage>[] {
  const read = (name: string): unknown => {
    try {
      return JSON.parse(headers.get(name) ?? 'null');
    } catch {
      return null;
    }
  };
  const cases = z.record(z.string(), z.array(usage));
  const business = cases.safeParse(read('x-business-use-case-usage')).data ?? {};
  const plain = ['x-app-usage', 'x-page-usage'].flatMap(
    (name) => usage.safeParse(read(name)).data ?? [],
  );
  return [...plain, ...Object.values(business).flat()];
}

/** When Meta does not say how long a limit holds, ms. */
const untold = 60_000;

/** What is left by `X-App-Usage` and `X-Business-Use-Case-Usage`: percent points stand for requests. */
export function graphSaid(answer: Answer, now: () => number): Omit<Said, 'status'> {
  const most = usages(answer).flatMap((each) => [
    each.call_count,
    each.total_cputime,
    each.total_time,
  ]);
  const reset = regained(answer, now);
  // Limits come as 400 or 403, never as 429.
  const code = graphErrorOf(answer.body)?.code;
  if (code !== undefined && isLimit(code))
    return { limit: 100, remaining: 0, reset: reset ?? now() + untold };
  if (most.length === 0) return {};
  const remaining = Math.max(0, Math.floor(100 - Math.max(...most)));
  return { limit: 100, remaining, ...(reset !== undefined && { reset }) };
}

function regained(answer: Answer, now: () => number): number | undefined {
  const minutes = Math.max(
    0,
    ...usages(answer).map((each) => each.estimated_time_to_regain_access),
  );
  if (minutes > 0) return now() + minutes * 60_000;
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) ? now() + seconds * 1000 : undefined;
}

/** A message without its full stop, and without a token that it repeats. */
function veil(message: string): string {
  return message
    .replace(/(malformed access token)\s+\S+/gi, '$1')
    .replace(/\b(?:EAA|IGA|IGQ|THA|THQ)[\w-]{12,}/g, '[token]')
    .replace(/[.\s]+$/, '');
}

function bare(body: unknown): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return veil(line) || 'it said nothing';
}
