import { bodyOf } from './fixture.ts';

export interface Status {
  id: string;
  created_at: string;
  content: string;
  in_reply_to_id: string | null;
  media_attachments: Media[];
  poll: { options: { title: string }[] } | null;
  [field: string]: unknown;
}

export interface Media {
  id: string;
  url: string | null;
  description: string | null;
  [field: string]: unknown;
}

export interface Scheduled {
  id: string;
  scheduled_at: string;
  params: Record<string, unknown>;
}

/** What an instance holds. */
export interface State {
  now(): number;
  token: string;
  account: { id: string; acct: string; [field: string]: unknown };
  /** Raw text by id, as it was posted. */
  texts: Map<string, string>;
  statuses: Status[];
  scheduled: Scheduled[];
  media: Map<string, Media & { polls: number; used: boolean }>;
  /** Idempotency keys: what they made, and until when that is known. */
  keys: Map<string, { id: string; until: number }>;
  notifications: { id: string; type: string; status: Status }[];
  limits: { characters: number };
  nextId(): string;
  makeStatus(text: string, more: Partial<Status>): Status;
}

export const token = 'token-of-the-desk';

export function createState(): State {
  let last = 0;
  let moved = 0;
  const account = bodyOf<Status>('status_reply').account as State['account'];
  const template = bodyOf<Status>('status_reply');
  const state: State = {
    now: () => Date.now() + moved,
    token,
    account,
    texts: new Map(),
    statuses: [],
    scheduled: [],
    media: new Map(),
    keys: new Map(),
    notifications: [],
    limits: { characters: 500 },
    // lib/mastodon/snowflake.rb: milliseconds, then 16 bits.
    nextId: () => String((BigInt(state.now()) << 16n) + BigInt(last++ % 65_536)),
    makeStatus(text, more) {
      const id = state.nextId();
      state.texts.set(id, text);
      return {
        ...structuredClone(template),
        id,
        created_at: new Date(state.now()).toISOString(),
        content: htmlOf(text),
        url: `http://localhost:3000/@${account.acct}/${id}`,
        uri: `http://localhost:3000/ap/users/${account.id}/statuses/${id}`,
        ...more,
      };
    },
  };
  return Object.assign(state, { forget: (ms: number) => void (moved += ms) });
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** HTML of a text as app/lib/text_formatter.rb writes it: long addresses folded, the server of a mention left out. */
export function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);
  const linked = escaped
    .replace(
      /(https?:\/\/(?:www\.)?)(\S{1,30})(\S*)/g,
      (url, scheme: string, shown: string, rest: string) => {
        const fold = rest === '' ? '' : 'ellipsis';
        return `<a href="${url}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${scheme}</span><span class="${fold}">${shown}</span><span class="invisible">${rest}</span></a>`;
      },
    )
    .replace(
      /(?<![\w/">])@(\w+)@([\w.-]*\w)/g,
      '<span class="h-card" translate="no"><a href="https://$2/@$1" class="u-url mention">@<span>$1</span></a></span>',
    );
  return linked
    .split(/\n\n+/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('');
}
