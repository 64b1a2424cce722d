import type { Hono } from 'hono';
import { stream } from 'hono/streaming';
import type { State } from './state.ts';

/** The filtered stream: rules, one connection that gets a line for each post. */
export function addStream(app: Hono, state: State) {
  const lines = new Set<{ write(text: string): Promise<unknown>; abort(): void }>();

  app.get('/2/tweets/search/stream/rules', (context) =>
    context.json({
      ...(state.rules.length > 0 && { data: state.rules }),
      meta: { sent: new Date(state.now()).toISOString(), result_count: state.rules.length },
    }),
  );
  app.post('/2/tweets/search/stream/rules', async (context) => {
    const body = await context.req.json<{
      add?: { value: string; tag?: string }[];
      delete?: { ids: string[] };
    }>();
    const long = body.add?.find(({ value }) => value.length > 512);
    if (long) return context.json({ title: 'Invalid Request', detail: 'a rule is too long' }, 400);
    state.rules = state.rules.filter(({ id }) => !body.delete?.ids.includes(id));
    const added = (body.add ?? []).map((rule) => ({ id: state.nextId(), ...rule }));
    state.rules.push(...added);
    return context.json({ data: added, meta: { sent: new Date(state.now()).toISOString() } });
  });
  app.get('/2/tweets/search/stream', (context) => {
    context.header('content-type', 'application/json');
    return stream(context, async (out) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const line = { write: (text: string) => out.write(text), abort: () => resolve(undefined) };
      out.onAbort(() => resolve(undefined));
      lines.add(line);
      await out.write('\r\n');
      await promise;
      lines.delete(line);
    });
  });
  return {
    tell(value: unknown) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      for (const line of lines) void line.write(`${text}\r\n`);
    },
    hangUp() {
      for (const line of lines) line.abort();
    },
    listening: () => lines.size,
  };
}
