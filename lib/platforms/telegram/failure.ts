import { fail, type PulseError } from '../../errors.ts';
import { sortAnswer } from '../failure.ts';

/** An answer with `ok: false` (Bot API, "Making requests"). */
export interface TelegramFailure {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number | undefined; migrate_to_chat_id?: number | undefined };
}

const botFather = 'https://t.me/BotFather';
const rights = 'Make the bot an administrator of the chat that may post messages';
const entrance = 'Add the bot to the chat again';
const chatSetting = 'Correct `chat` in the profile: `@name` or the number of the chat';

/** What helps, by what Telegram writes; its codes say no more than that something was wrong. */
const remedies: readonly [RegExp, string][] = [
  [/chat not found|PEER_ID_INVALID|CHAT_ID_INVALID|chat_id is empty/i, chatSetting],
  [/kicked|not a member|bot was blocked|user is deactivated|CHANNEL_PRIVATE/i, entrance],
  [
    /not enough rights|have no rights|need administrator rights|ADMIN_REQUIRED|WRITE_FORBIDDEN|RESTRICTED/i,
    rights,
  ],
  [/TOPIC_CLOSED|TOPIC_DELETED/i, 'Open the topic again, or choose another chat'],
  [
    /message to (be replied|reply) (to )?not found|REPLY_MESSAGE_ID_INVALID/i,
    'The message it answers is gone: take `reply` out of the post, or begin a thread anew',
  ],
  [/too long|TOO_LONG/, 'Shorten the text: 4,096 characters, 1,024 with files'],
  [
    /PHOTO_INVALID_DIMENSIONS|IMAGE_PROCESS_FAILED|PHOTO_SAVE_FILE_INVALID/,
    'Replace the image: width and height 10,000 pixels together, at most 20 to 1',
  ],
  [/too large|too big/i, 'Make the file smaller: 10 MB for images, 50 MB for videos'],
  [
    /can't be deleted/i,
    'Delete it in the app: a bot may do so for 48 hours, or as an administrator',
  ],
  [/can't be edited/i, 'Edit it in the app, or delete it and post anew'],
  [/message to edit not found/i, 'It is gone; there is nothing to edit'],
];

/** What a failure means. `acting` as for `sortAnswer`; `now` ms UTC. */
export function sortTelegram(
  { error_code: status, description, parameters }: TelegramFailure,
  acting: boolean,
  now: number,
): PulseError {
  const message = description.replace(/^[A-Z][A-Za-z ]+: /, '');
  // An unknown token is no route of theirs.
  if (status === 401 || (status === 404 && /^not found$/i.test(message)))
    return fail('CREDENTIALS_REFUSED', {
      platform: 'Telegram',
      status,
      message,
      remedy:
        'Ask @BotFather for the token of the bot, set TELEGRAM_BOT_TOKEN to it, then `/pulse retry`.',
      link: botFather,
    });
  const seconds = parameters?.retry_after;
  const moved = parameters?.migrate_to_chat_id;
  const known = remedies.find(([pattern]) => pattern.test(description))?.[1];
  const remedy =
    moved === undefined ? known : `The group has become a supergroup: set \`chat\` to ${moved}`;
  return sortAnswer(
    'Telegram',
    {
      status,
      message,
      until: seconds === undefined ? undefined : now + seconds * 1000,
      remedy: remedy === undefined ? undefined : `${remedy}, then \`/pulse retry\`.`,
      link: remedy === rights || remedy === entrance ? manual : undefined,
    },
    acting,
  );
}

const manual = 'https://core.telegram.org/bots/features#managing-permissions';
