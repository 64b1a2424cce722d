import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { asPulseError, fail } from '../../lib/errors.ts';
import type { Platform } from '../../lib/platforms/platform.ts';

/** What one entry on a wall looks like. */
export interface Entry {
  id: string;
  text: string;
}

/**
 * A network without keys: every request to it makes one more post. It forgives nothing, so it shows what the claims,
 * the waiting and the asking are for. `mute` also cannot be asked what is there.
 */
export function wall(mute: boolean): Platform {
  return {
    name: mute ? 'mute' : 'wall',
    title: 'Wall',
    parts: { as: 'thread' },
    credentials: [],
    keyed: false,
    grace: 1000,
    handles: (outgoing) => outgoing.parts.map(() => ({})),
    measure: ({ length }) => ({ length, limit: 500, unit: 'characters', fits: true }),
    connect(_account, { fetch, now, credentials }) {
      const address = `${credentials.WALL ?? ''}/posts`;
      const receipt = (part: number, { id }: Entry) => ({ part, id, at: now() });
      return Promise.resolve({
        async publish(outgoing, index, { deadline }) {
          const body = JSON.stringify({ text: outgoing.parts[index]?.text });
          deadline.check();
          try {
            const answer = await fetch(address, { method: 'POST', body, signal: deadline.signal });
            return receipt(index, (await answer.json()) as Entry);
          } catch (error) {
            const why = asPulseError(error).message;
            throw fail('DELIVERY_UNKNOWN', { platform: 'wall', why }, error);
          }
        },
        ...(!mute && {
          async find(outgoing, index) {
            const entries = (await (await fetch(address)).json()) as Entry[];
            const found = entries.find((entry) => entry.text === outgoing.parts[index]?.text);
            return found ? receipt(index, found) : 'absent';
          },
        }),
      });
    },
  };
}

/** The server of it, on loopback. */
export async function startWall() {
  const entries: Entry[] = [];
  let open: Promise<unknown> = Promise.resolve();
  const put = async (words: string) => {
    await open;
    const entry = { id: String(entries.length + 1), text: words };
    entries.push(entry);
    return entry;
  };
  const server = createServer((request, response) => {
    // Ports are used again: what was meant for whoever had this one before is no post.
    if (request.url !== '/posts') return void response.writeHead(404).end();
    void text(request).then(async (body) => {
      const answer =
        request.method === 'POST' ? await put((JSON.parse(body) as Entry).text) : entries;
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    entries,
    /** Lets requests wait until the function that is given back is called. */
    slow() {
      const { promise, resolve } = Promise.withResolvers();
      open = promise;
      return resolve as () => void;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
