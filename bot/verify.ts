import type { Clock } from '../lib/clock.ts';
import type { Settings } from '../lib/config.ts';
import { fail } from '../lib/errors.ts';
import { signingKey, type Verdict, verifyWebhook } from '../lib/gitlab/webhook.ts';

export type Verify = (headers: Pick<Headers, 'get'>, body: Uint8Array) => Verdict;

/** Checks webhooks with what is configured. Throws CONFIG_INVALID when that is neither of the two tokens. */
export function createVerify({ signing, token }: Settings['hooks'], clock: Clock): Verify {
  if (signing === undefined && token === undefined)
    throw fail('CONFIG_INVALID', {
      problems: '- PULSE_HOOK_SIGNING_TOKEN is not set; nor is PULSE_HOOK_TOKEN',
    });
  const signingToken = signing && signingKey(signing.reveal());
  const secretToken = token?.reveal();
  return (headers, body) =>
    verifyWebhook({ headers, body, signingToken, token: secretToken, now: clock.now() });
}
