import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Platform } from '../platform.ts';

/** An incoming webhook of Slack or Mattermost: tells a team what happens here; no place to publish. */
export const slack: Platform = {
  name: 'slack',
  title: 'Slack or Mattermost',
  credentials: ['SLACK_WEBHOOK'],
  needs: [['SLACK_WEBHOOK']],
  settings: z.strictObject({
    flavour: z
      .enum(['slack', 'mattermost'])
      .optional()
      .describe('Whose webhook it is; `slack` when absent'),
  }),
  keyed: false,
  grace: 0,
  // Slack's documentation: one message a second, short bursts aside.
  limits: { notify: { requests: 1, per: 1_000 } },
  async connect(account, { credentials, fetch, now, meter }) {
    const { SLACK_WEBHOOK: address } = credentials;
    if (!address)
      throw fail('CREDENTIALS_MISSING', { platform: 'slack', variables: 'SLACK_WEBHOOK' });
    // The address is the secret, and a client that cannot read it would put it into its error.
    if (!URL.canParse(address))
      throw fail('CONFIG_INVALID', { problems: 'SLACK_WEBHOOK is no address, e.g. https://...' });
    const { connectWebhook } = await import('./connect.ts');
    const flavour = account.flavour === 'mattermost' ? 'mattermost' : 'slack';
    return connectWebhook({ address, flavour, fetch, now, meter });
  },
};
