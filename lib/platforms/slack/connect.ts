import { type Answer, createHttp } from '../http.ts';
import { sortAnswer } from '../failure.ts';
import type { Meter } from '../meter.ts';
import type { Connection } from '../platform.ts';
import { compose, type Flavour } from './compose.ts';

interface Webhook {
  /** Whoever knows it may write: never shown. */
  address: string;
  flavour: Flavour;
  fetch: typeof globalThis.fetch;
  now: () => number;
  meter: Meter | undefined;
}

const manual = 'https://api.slack.com/messaging/webhooks#handling_errors';
const anew = 'Make a new webhook and set SLACK_WEBHOOK to its address.';

/** What helps, by the word a webhook answers with. */
const remedies: readonly [RegExp, string][] = [
  [/no_service|no_team|invalid_token|no_active_hooks|action_prohibited/, anew],
  [/incoming_webhook\.disabled/, 'Let an administrator of Mattermost enable incoming webhooks.'],
  [/web_hook|Invalid webhook|not found/i, anew],
  [/channel_not_found|channel_is_archived/, 'Its channel is gone: make a webhook for another one.'],
  [/posting_to_general|user_not_found/, 'Choose a channel the webhook may write in.'],
];

export function connectWebhook({ address, flavour, fetch, now, meter }: Webhook): Connection {
  const platform = flavour === 'slack' ? 'Slack' : 'Mattermost';
  const waitOf = ({ headers, status }: Answer) => {
    const seconds = Number(headers.get('retry-after') ?? NaN);
    if (status !== 429 && Number.isNaN(seconds)) return undefined;
    return now() + (Number.isNaN(seconds) ? 60 : seconds) * 1000;
  };
  const ask = createHttp({
    platform,
    fetch,
    meter,
    sort(answer, acting) {
      const { status } = answer;
      const message = reasonIn(answer.body);
      const remedy = remedies.find(([pattern]) => pattern.test(message))?.[1];
      // With 401 it would be said how to sign in, which is not how webhooks work.
      const told = status === 401 ? 403 : status;
      return sortAnswer(
        platform,
        {
          status: told,
          message,
          until: waitOf(answer),
          remedy: remedy ?? (told === 403 || told === 404 ? anew : undefined),
          link: flavour === 'slack' ? manual : undefined,
        },
        acting,
      );
    },
    said: (answer) => {
      const reset = answer.status === 429 ? waitOf(answer) : undefined;
      return reset === undefined ? {} : { remaining: 0, reset };
    },
  });
  return {
    async notify(notice) {
      const json = compose(notice, flavour);
      await ask({ operation: 'notify', method: 'POST', url: address, json });
    },
  };
}

/** Slack answers with a word, Mattermost with JSON; pages of gateways are left out. */
function reasonIn(body: unknown): string {
  if (typeof body === 'string')
    return /^[\w .:,'-]{1,200}$/.test(body.trim()) ? body.trim() : 'it gave no reason';
  const { id, message } = (body ?? {}) as { id?: unknown; message?: unknown };
  const told = [message, id].filter((each) => typeof each === 'string');
  return told.length === 0 ? 'it gave no reason' : told.join(', ');
}
