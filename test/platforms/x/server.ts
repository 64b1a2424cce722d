import { Hono } from 'hono';
import { type Host, startHost } from '../host.ts';
import { xCheck } from './check.ts';
import { recorded } from './fixture.ts';
import { addMedia } from './media.ts';
import { signedRight } from './oauth1.ts';
import { addPosting } from './posting.ts';
import { addReading } from './reading.ts';
import { createState, type State } from './state.ts';
import { addStream } from './stream.ts';

/** Keys of the account and its app, as the stand-in knows them. */
export const keys = {
  user: 'user-token-of-the-desk',
  app: 'bearer-token-of-the-app',
  appKey: 'consumer-key-1',
  appSecret: 'consumer-secret-1',
  token: '1072250532645998596-access-token',
  tokenSecret: 'access-token-secret-1',
};

/** What only a person may ask. */
const ofPerson = /^\/2\/(tweets$|tweets\/\d+$|users\/me|media)/;

export interface XServer extends Host {
  state: State;
  /** Sends a line to all who listen. */
  tell(line: unknown): void;
  /** Hangs up on all who listen. */
  hangUp(): void;
  listening(): number;
}

/** X, as far as the product speaks to it. */
export async function startX(): Promise<XServer> {
  const state = createState();
  const app = new Hono();
  const window = Math.ceil(Date.now() / 1000) + 900;
  app.use(async (context, next) => {
    const { path, method } = context.req;
    const said = context.req.header('authorization') ?? '';
    const isApp = said === `Bearer ${keys.app}`;
    const isPerson = said === `Bearer ${keys.user}`;
    const isSigned = said.startsWith('OAuth ') && signedRight(said, context.req.raw, keys);
    if (!isApp && !isPerson && !isSigned) return context.json(recorded('pg_error_401').body, 401);
    const isReading = method === 'GET' && path === '/2/tweets';
    if (
      (isApp && ofPerson.test(path) && !isReading) ||
      (!isApp && path.startsWith('/2/tweets/search/stream'))
    )
      return context.json(recorded('pg_error_403_app_only').body, 403);
    if (isSigned && path.startsWith('/2/trends'))
      return context.json(recorded('pg_error_403_app_only').body, 403);
    context.header('x-rate-limit-limit', '300');
    context.header('x-rate-limit-remaining', '299');
    context.header('x-rate-limit-reset', String(window));
    return next();
  });
  addPosting(app, state);
  addMedia(app, state);
  addReading(app, state);
  const listeners = addStream(app, state);
  const host = await startHost(app, xCheck());
  return {
    ...host,
    state,
    ...listeners,
    async close() {
      listeners.hangUp();
      await host.close();
    },
  };
}
