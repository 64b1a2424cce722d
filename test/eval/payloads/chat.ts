import { at, counted, type Expected, type Json, list, string, visitAll } from './expected.ts';

/** core.telegram.org/bots/api: Message. A message of an export keeps other names. */
export function expectTelegram(raw: unknown): Expected[] {
  const found: Expected[] = [];
  visitAll(raw, (object, name) => {
    const chat = at(object, 'chat');
    if (typeof object.message_id !== 'number' || typeof chat.id !== 'number') return;
    const poll = at(object, 'poll');
    const text =
      string(object.text) ||
      string(object.caption) ||
      string(poll.question) ||
      string(at(object, 'checklist').title);
    if (text === '' || typeof object.date !== 'number') return;
    // A message for a chat names a sender that is made up, for older programs.
    const author = [at(object, 'sender_chat'), at(object, 'from'), chat].find(
      (each) => each.id !== undefined,
    );
    const into = { counts: {} as Record<string, number>, unnamed: [] as string[] };
    counted(poll, { total_voter_count: 'votes' }, into);
    counted(object, { sender_boost_count: 'boosts', paid_star_count: 'stars' }, into);
    found.push({
      group: /message|post/.test(name) ? name : string(object.text) === '' ? 'caption' : 'message',
      id: `telegram:${chat.id}/${object.message_id}`,
      texts: [text],
      exact: true,
      links: [...list(object.entities), ...list(object.caption_entities)].flatMap(({ url }) =>
        string(url) === '' ? [] : [string(url)],
      ),
      authors: [string(author?.username) || String(author?.id)],
      times: [object.date * 1000],
      ...into,
    });
  });
  return found;
}

/** discord.com/developers/docs/resources/message: Message, and events of the gateway that hold one. */
export function expectDiscord(raw: unknown): Expected[] {
  const found: Expected[] = [];
  const frame = at(raw, 'payload').t ?? at(raw).t;
  visitAll(raw, (object, name, around) => {
    const text = string(object.content);
    const channel = string(object.channel_id) || string(at(around, 'channel').id);
    const isMessage = /^\d+$/.test(string(object.id)) && channel !== '';
    if (!isMessage || text === '') return;
    const author = at(object, 'author');
    const reactions = list(object.reactions);
    const likes = reactions.reduce((sum, { count }) => sum + Number(count), 0);
    const stamp = Date.parse(string(object.timestamp));
    const id = string(object.id);
    found.push({
      group: name === 'd' && typeof frame === 'string' ? frame : name || 'message',
      id: `discord:${channel}/${id}`,
      texts: [plain(text, object)],
      exact: false,
      authors: author.id === undefined ? [] : [string(author.username) || string(author.name)],
      // 42 bits of milliseconds since 2015 begin each id.
      times: [Number.isNaN(stamp) ? Number(BigInt(id) >> 22n) + 1_420_070_400_000 : stamp],
      counts: Array.isArray(object.reactions) ? { likes } : {},
      unnamed: [],
    });
  });
  return found;
}

/** Names in place of ids, words in place of links. */
function plain(text: string, object: Json): string {
  const names = new Map(list(object.mentions).map((each) => [each.id, string(each.username)]));
  return text
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${names.get(id) ?? 'someone'}`)
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, '$1');
}
