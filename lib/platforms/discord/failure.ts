import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';

/** An error of the API: its JSON code (documentation, "Opcodes and Status Codes") and what it says. */
export interface DiscordFailure {
  status: number;
  code: number;
  /** Form errors are listed in it, a line each. */
  message: string;
}

const portal = 'https://discord.com/developers/applications';
const permissions = 'https://discord.com/developers/docs/topics/permissions';

/** What helps, by JSON code. */
const remedies: Readonly<Record<number, string>> = {
  10003: 'Correct `channel` in the profile, or invite the bot to that server',
  10004: 'Invite the bot to the server again',
  10008: 'The message is gone',
  20022: 'Announcement channels take few messages an hour: wait',
  40005: 'Make the files smaller: what a server takes depends on its boosts',
  50001: 'Let the bot view the channel, or invite it to the server',
  50005: 'Only its own messages can be edited by a bot',
  50006: 'Write some words, or add a file',
  50008: 'Choose a text channel; this one takes no messages',
  50013:
    'Let the bot "Send Messages", "Attach Files", "Embed Links" and "Read Message History" in the channel',
  50035: 'Change what it names',
  50083: 'The thread is archived: open it again',
  160002: 'Let the bot "Read Message History", which replies need',
  200000: 'AutoMod of the server blocks these words: change them, or its rule',
  200001: 'AutoMod of the server blocks this title: change it, or its rule',
  240000: 'Discord blocks a link in the text as harmful: take it out',
};
/** Passes by itself: overloaded, or a limit that is told with a 4xx. */
const passing = new Set([20016, 20022, 20028, 40062, 130000]);

/** What a failure means. `acting` as for `sortAnswer`. */
export function sortDiscord(failure: DiscordFailure, acting: boolean): PulseError {
  const { status, code } = failure;
  const message = failure.message.trim().replaceAll('\n', '; ') || 'it gave no reason';
  if (status === 401)
    return fail('CREDENTIALS_REFUSED', {
      platform: 'Discord',
      status,
      message,
      remedy: 'Reset the token of the bot, set DISCORD_BOT_TOKEN to it, then `/pulse retry`.',
      link: portal,
    });
  if (passing.has(code) && status < 500)
    return fail('DELIVERY_BUSY', { platform: 'Discord', status, message });
  const unknownReply = code === 50035 && /message_reference|unknown message/i.test(message);
  const remedy = unknownReply
    ? 'The message it answers is gone: take `reply` out of the post, or begin a thread anew'
    : remedies[code];
  return sortAnswer(
    'Discord',
    {
      status,
      message: code === 0 ? message : `${message} [${code}]`,
      remedy: remedy === undefined ? undefined : `${remedy}, then \`/pulse retry\`.`,
      link: code === 50013 || code === 50001 ? permissions : undefined,
    },
    acting,
  );
}

/** A 429: until when, from the body's float where it is there (documentation, "Rate Limits"). `now` ms UTC. */
export function sortLimited(headers: Headers, body: string, now: number): PulseError {
  const told = /"retry_after":\s*([\d.]+)/.exec(body)?.[1] ?? headers.get('retry-after') ?? '5';
  const scope = headers.get('x-ratelimit-scope');
  const wide = headers.has('x-ratelimit-global') || scope === 'global';
  const what = wide ? 'all requests of the bot' : scope === 'shared' ? 'the channel' : 'this bot';
  return sortAnswer(
    'Discord',
    {
      status: 429,
      message: `too many requests, limited for ${what}`,
      until: Math.ceil(now + Number(told) * 1000),
    },
    false,
  );
}
