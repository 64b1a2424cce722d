import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { guild, type Message, me, token } from './server.ts';

interface Sent {
  s: number;
  t: string;
  d: unknown;
}

/** Discord's gateway on loopback: sessions that can be resumed until they are forgotten, and connections that break. */
export async function startGateway(
  channels: () => { id: string; last_message_id?: string | null }[],
) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}`;
  const sessions = new Map<string, Sent[]>();
  const log: string[] = [];
  const problems: string[] = [];
  /** What the next one to identify is closed with. */
  const state = {
    session: '',
    refuse: undefined as number | undefined,
    open: new Set<WebSocket>(),
  };

  const send = (socket: WebSocket, value: object) => {
    socket.send(JSON.stringify(value));
  };
  const dispatch = (t: string, d: unknown) => {
    const events = sessions.get(state.session);
    if (!events) return;
    const event = { s: events.length + 1, t, d };
    events.push(event);
    for (const socket of state.open) send(socket, { op: 0, ...event });
  };
  const begin = () => {
    state.session = `session-${sessions.size + 1}`;
    sessions.set(state.session, []);
    dispatch('READY', {
      v: 10,
      user: me,
      session_id: state.session,
      resume_gateway_url: url,
      guilds: [{ id: guild, unavailable: true }],
    });
    dispatch('GUILD_CREATE', {
      id: guild,
      name: 'The desk',
      channels: channels().map((each) => ({ type: 0, name: 'news', ...each })),
    });
  };
  const identify = (socket: WebSocket, { intents }: Record<string, unknown>) => {
    log.push('identify');
    if (state.refuse !== undefined) {
      socket.close(state.refuse);
      return;
    }
    if (intents !== (1 | (1 << 9) | (1 << 15))) problems.push(`intents ${String(intents)}`);
    state.open.add(socket);
    begin();
  };
  const resume = (socket: WebSocket, { session_id: session, seq }: Record<string, unknown>) => {
    const events = sessions.get(String(session));
    log.push(events ? 'resume' : 'too late');
    if (!events) {
      send(socket, { op: 9, d: false });
      return;
    }
    for (const event of events.slice(Number(seq))) send(socket, { op: 0, ...event });
    send(socket, { op: 0, s: events.length, t: 'RESUMED', d: {} });
    state.open.add(socket);
  };
  server.on('connection', (socket, { url: path }) => {
    if (!/^\/\?v=10&encoding=json$/.test(path ?? ''))
      problems.push(`an unknown query: ${path ?? ''}`);
    send(socket, { op: 10, d: { heartbeat_interval: 45_000 } });
    socket.on('close', () => state.open.delete(socket));
    socket.on('message', (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString()) as { op: number; d: Record<string, unknown> };
      if (op === 1) send(socket, { op: 11 });
      else if (d.token !== token) problems.push('a wrong token');
      else if (op === 2) identify(socket, d);
      else if (op === 6) resume(socket, d);
      else problems.push(`an unknown opcode ${op}`);
    });
  });

  return {
    url,
    /** What clients have begun with. */
    log,
    problems,
    state,
    said: (message: Message) => dispatch('MESSAGE_CREATE', { ...message, guild_id: guild }),
    dispatch,
    connected: () => state.open.size,
    /** Connections end without a word. */
    cut() {
      for (const socket of state.open) socket.terminate();
    },
    forget: () => sessions.clear(),
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}
