import type { REST } from '@discordjs/rest';
import { type SessionInfo, WebSocketManager, WebSocketShardEvents } from '@discordjs/ws';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { Call } from './call.ts';

/** Closed with any code but 1000 and 1001 the session lives on at Discord and can be resumed for a while. */
const resumable = 4200;

/** What comes from the gateway; `session` is where to resume behind it. */
export interface Events {
  /** A new session: what was written since the last one is not sent again. */
  began(): void;
  message(value: unknown, session: SessionInfo): void;
  /** A server we are in, with its channels; follows each new session. */
  guild(value: unknown): void;
  /** The connection broke; the library comes back by itself. */
  broke(): void;
  /** It stands again. */
  stands(): void;
  /** It cannot come back, e.g. because the token or an intent is refused. */
  failed(error: unknown): void;
}

export interface Gateway {
  /** Lets go, so that the session can be resumed. */
  close(): Promise<void>;
}

/** Connects to the gateway, resuming `session` where it is given, and tells what comes until it is closed. */
export function openGateway(
  { token, call }: { token: string; call: Call },
  session: SessionInfo | undefined,
  events: Events,
): Gateway {
  let current = session ?? null;
  let closed = false;
  // The library asks for nothing but the address of the gateway.
  const get = (route: `/${string}`) => call({ operation: 'read' }, (rest) => rest.get(route));
  const manager = new WebSocketManager({
    token,
    rest: { get } as unknown as REST,
    intents:
      GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent,
    shardCount: 1,
    retrieveSessionInfo: () => current,
    updateSessionInfo: (_shard, info) => void (current = info),
  });
  /** Nothing is told any more once we have let go. */
  const unlessClosed = (tell: () => void) => () => {
    if (!closed) tell();
  };
  const ready = () => {
    events.stands();
    events.began();
  };
  manager.on(WebSocketShardEvents.Ready, unlessClosed(ready));
  manager.on(
    WebSocketShardEvents.Resumed,
    unlessClosed(() => events.stands()),
  );
  manager.on(
    WebSocketShardEvents.Closed,
    unlessClosed(() => events.broke()),
  );
  manager.on(WebSocketShardEvents.SocketError, () => undefined);
  manager.on(WebSocketShardEvents.Error, (error) => {
    if (!closed) events.failed(error);
  });
  manager.on(WebSocketShardEvents.Dispatch, (payload) => {
    if (closed) return;
    if (payload.t === GatewayDispatchEvents.GuildCreate) events.guild(payload.d);
    if (payload.t !== GatewayDispatchEvents.MessageCreate || !current) return;
    events.message(payload.d, { ...current, sequence: payload.s });
  });
  manager.connect().catch((error: unknown) => {
    if (!closed) events.failed(error);
  });
  return {
    async close() {
      closed = true;
      await manager.destroy({ code: resumable });
    },
  };
}
