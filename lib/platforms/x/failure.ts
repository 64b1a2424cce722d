import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer, sortBroken } from '../failure.ts';

/** What X answered, as twitter-api-v2 hands it on. */
export interface XAnswer {
  status: number;
  /** Parsed body, or text. */
  data: unknown;
  /** When the window that is used up begins anew, ms UTC. */
  reset?: number | undefined;
}

interface Known {
  /** Matched against everything X said. */
  words: RegExp;
  remedy: string;
  link?: string;
  /** A person has to do something about the account or the app, not about the post. */
  account?: true;
}

const portal = 'https://console.x.com';

/** Refusals whose cause is known: X tells them apart in words and problem types, not in statuses. */
const known: readonly Known[] = [
  {
    words: /duplicate content|\(187\)/i,
    remedy: 'X has these words from this account already. Change them, then `/pulse retry`.',
  },
  {
    words: /reply to this conversation is not allowed|not allowed to reply|\(433\)/i,
    remedy:
      'X lets apps answer only those who mentioned or quoted the account. Post it without the reply, or answer by hand.',
    link: 'https://docs.x.com/x-api/posts/create-post',
  },
  {
    words: /deleted or not visible|\(385\)/i,
    remedy: 'The post it answers is gone or hidden. Take the reply out, then `/pulse retry`.',
  },
  {
    words: /temporarily locked|\(326\)/i,
    remedy: 'X has locked the account. Sign in on x.com, unlock it, then `/pulse retry`.',
    link: 'https://help.x.com/managing-your-account/locked-and-limited-accounts',
    account: true,
  },
  {
    words: /suspended|\((63|64)\)/i,
    remedy: 'X has suspended the account or the app. Appeal there; nothing goes out until then.',
    link: 'https://help.x.com/managing-your-account/suspended-x-accounts',
    account: true,
  },
  {
    words: /oauth1-permissions|oauth1 app permissions|client-forbidden|\(261\)/i,
    remedy: 'Give the app "Read and write" in the developer console and sign in anew.',
    link: portal,
    account: true,
  },
  {
    words: /unsupported-authentication|application-only is forbidden/i,
    remedy: 'X wants the tokens of a person here: sign in with `node jobs/auth.ts`.',
    account: true,
  },
  {
    words: /client-not-enrolled|appropriate level of access/i,
    remedy: 'Attach the app to a project in the developer console.',
    link: portal,
  },
  {
    words: /creditsdepleted|problems\/credits/i,
    remedy: 'The credits of the app are used up. Buy more, then `/pulse retry`.',
    link: portal,
  },
  {
    words: /not eligible to edit|edit.*(window|limit|premium)/i,
    remedy: 'X lets only Premium accounts edit, a few times within the first hour.',
  },
  {
    words: /not permitted to perform this action/i,
    remedy:
      'X does not say why. It may be the reply, a link it blocks, or the rights of the app; try it by hand.',
    link: portal,
  },
];

/** What an answer that is no success means; `acting` as for `sortAnswer`. */
export function sortX({ status, data, reset }: XAnswer, acting: boolean): PulseError {
  const said = wordsOf(data);
  const about = { platform: 'X', message: said.shown };
  // Without its headers X's monthly cap looks like a window, but does not end before somebody pays.
  const reason = known.find(({ words }) => words.test(said.all));
  const { remedy, link } = reason ?? {};
  if (status === 403 && reason?.account)
    return fail('CREDENTIALS_REFUSED', {
      ...about,
      status,
      ...(remedy !== undefined && { remedy }),
      ...(link !== undefined && { link }),
    });
  return sortAnswer('X', { status, message: said.shown, until: reset, remedy, link }, acting);
}

/** Whether X refused because it has these words already. */
export function isDuplicate({ message, details }: PulseError): boolean {
  return details.status === 403 && /duplicate content/i.test(message);
}

/** What a request that got no answer means. What the library threw holds the request, its token too: it ends here. */
export function sortXBroken(thrown: unknown, acting: boolean): PulseError {
  const inner = thrown as { requestError?: unknown; responseError?: unknown };
  return sortBroken('X', inner.requestError ?? inner.responseError ?? thrown, acting);
}

/** Details of a problem, of the problems in it, and X's old numbered errors: for people, and all of it for comparing. */
function wordsOf(data: unknown): { shown: string; all: string } {
  if (typeof data !== 'object' || data === null) {
    const text = typeof data === 'string' ? data.trim() : '';
    return { shown: text.slice(0, 200) || 'no reason', all: text };
  }
  const { errors, ...problem } = data as { errors?: unknown };
  const list = [problem, ...(Array.isArray(errors) ? (errors as unknown[]) : [])].filter(
    (each) => typeof each === 'object' && each !== null,
  ) as Record<string, unknown>[];
  const texts = list.flatMap(({ detail, message, title, code }) => {
    const text = [detail, message, title].find((each) => typeof each === 'string' && each !== '');
    if (typeof text !== 'string') return [];
    return [typeof code === 'number' ? `${text} (${String(code)})` : text];
  });
  const shown = [...new Set(texts)].join('; ').replace(/\.$/, '').slice(0, 400);
  const types = list.flatMap(({ type, title, reason }) => [type, title, reason]);
  return { shown: shown || 'no reason', all: [...texts, ...types].join('\n') };
}
