import type { Context, Hono } from 'hono';
import { countGraphemes } from '../../../lib/platforms/graphemes.ts';
import { bodyOf } from './fixture.ts';
import type { Media, State, Status } from './state.ts';
import { htmlOf } from './state.ts';

const hour = 3_600_000;

interface Asked {
  status?: string;
  media_ids?: string[];
  poll?: { options: string[]; expires_in: number };
  in_reply_to_id?: string;
  scheduled_at?: string;
  visibility?: string;
  spoiler_text?: string;
  sensitive?: boolean;
  language?: string;
}

const invalid = (context: Context, what: string) =>
  context.json({ error: `バリデーションに失敗しました: ${what}` }, 422);
const missing = (context: Context) => context.json({ error: 'Record not found' }, 404);

/** Posting, editing, deleting (app/services/post_status_service.rb, update_status_service.rb). */
export function addPosting(app: Hono, state: State): void {
  app.post('/api/v1/statuses', async (context) => {
    const asked = await fieldsOf(context);
    const key = context.req.header('idempotency-key');
    const known = key === undefined ? undefined : state.keys.get(key);
    if (known && known.until > state.now()) {
      const before =
        state.statuses.find(({ id }) => id === known.id) ??
        state.scheduled.find(({ id }) => id === known.id);
      return before ? context.json(before) : missing(context);
    }
    const wrong = check(asked, state);
    if (wrong === 'missing') return missing(context);
    if (wrong !== undefined) return invalid(context, wrong);
    const made = asked.scheduled_at === undefined ? post(asked, state) : schedule(asked, state);
    if (key !== undefined) state.keys.set(key, { id: made.id, until: state.now() + hour });
    return context.json(made);
  });

  app.put('/api/v1/statuses/:id', async (context) => {
    const status = state.statuses.find(({ id }) => id === context.req.param('id'));
    if (!status) return missing(context);
    const asked = await context.req.json<Asked>();
    const wrong = check(asked, state, status);
    if (wrong !== undefined) return invalid(context, wrong);
    state.texts.set(status.id, asked.status ?? '');
    // What is not named again is gone.
    Object.assign(status, {
      content: htmlOf(asked.status ?? ''),
      spoiler_text: asked.spoiler_text ?? '',
      media_attachments: mediaOf(asked, state),
      poll: pollOf(asked),
      edited_at: new Date(state.now()).toISOString(),
    });
    return context.json(status);
  });

  app.delete('/api/v1/statuses/:id', (context) => {
    const index = state.statuses.findIndex(({ id }) => id === context.req.param('id'));
    if (index < 0) return missing(context);
    const [status] = state.statuses.splice(index, 1);
    const { content: _content, ...rest } = status!;
    return context.json({ ...rest, text: state.texts.get(rest.id) });
  });

  app.get('/api/v1/scheduled_statuses', (context) => context.json(state.scheduled));
  app.delete('/api/v1/scheduled_statuses/:id', (context) => {
    const index = state.scheduled.findIndex(({ id }) => id === context.req.param('id'));
    if (index < 0) return missing(context);
    state.scheduled.splice(index, 1);
    return context.json({});
  });
}

/** JSON, or a form as other clients send it. */
async function fieldsOf(context: Context): Promise<Asked> {
  const type = context.req.header('content-type') ?? '';
  return type.includes('json') ? context.req.json<Asked>() : context.req.parseBody();
}

function check(asked: Asked, state: State, edited?: Status): string | undefined {
  const { status = '', media_ids: ids = [], poll, spoiler_text: spoiler = '' } = asked;
  if (status.trim() === '' && ids.length === 0) return 'Textを入力してください';
  // Its own count, without addresses and mentions: those are tested on their own.
  const counted = status
    .replace(/https?:\/\/\S+/g, 'x'.repeat(23))
    .replace(/@(\w+)@[\w.-]*\w/g, '@$1');
  if (countGraphemes(spoiler + counted) > state.limits.characters) return 'Textは長すぎます';
  if (ids.length > 4 || (ids.length > 0 && poll)) return '4つより多くのファイルを添付できません';
  const files = ids.map((id) => state.media.get(id));
  const own = new Set(edited?.media_attachments.map(({ id }) => id));
  if (files.some((file) => !file || (file.used && !own.has(file.id))))
    return 'メディアが存在しない';
  if (files.some((file) => !file?.url)) return 'まだ処理が終わっていないファイルです';
  if (files.length > 1 && files.some((file) => file?.type !== 'image')) return '画像と動画';
  if (poll && (poll.options.length > 4 || poll.expires_in < 300)) return 'アンケート';
  const { in_reply_to_id: parent, scheduled_at: at } = asked;
  if (parent !== undefined && !state.statuses.some(({ id }) => id === parent)) return 'missing';
  if (at !== undefined && Date.parse(at) < state.now() + 300_000) return '5分以上';
  return undefined;
}

function mediaOf({ media_ids: ids = [] }: Asked, state: State): Media[] {
  return ids.map((id) => {
    const file = state.media.get(id)!;
    file.used = true;
    const { polls: _polls, used: _used, ...media } = file;
    return media;
  });
}

const pollOf = ({ poll }: Asked) =>
  poll ? { options: poll.options.map((title) => ({ title })) } : null;

function post(asked: Asked, state: State): Status {
  const made = state.makeStatus(asked.status ?? '', {
    in_reply_to_id: asked.in_reply_to_id ?? null,
    media_attachments: mediaOf(asked, state),
    visibility: asked.visibility ?? 'public',
    spoiler_text: asked.spoiler_text ?? '',
    sensitive: asked.sensitive ?? false,
    language: asked.language ?? 'en',
    poll: pollOf(asked),
  });
  state.statuses.push(made);
  return made;
}

function schedule(asked: Asked, state: State) {
  const made = bodyOf<State['scheduled'][number]>('scheduled_status');
  made.id = String(state.scheduled.length + 1);
  made.scheduled_at = asked.scheduled_at!;
  made.params.text = asked.status;
  state.scheduled.push(made);
  return made;
}
