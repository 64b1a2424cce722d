import { readSecrets } from '../../lib/desk/setup/index.ts';
import { createTestDesk, type TestDesk } from '../scenarios/desk.ts';

/** A desk in a process of its own, with `posts` in their think window: what the bot of the benchmark talks to. */
export interface BenchDesk {
  url: string;
  project: { id: number; path: string };
  token: string;
  mergeRequests: number[];
}

/** Makes a desk in this process with `count` posts whose window stays open. */
export async function deskWith(count: number) {
  const desk = await createTestDesk({ PULSE_WINDOW: '1d' });
  const mergeRequests: number[] = [];
  for (let n = 0; n < count; n++) {
    const { mergeRequest } = await desk.drafted(`topic ${String(n)}`);
    mergeRequests.push(mergeRequest);
  }
  return { desk, mergeRequests };
}

/** The machine account's token, as the desk command stored it. */
export async function tokenOf(desk: TestDesk, url: string): Promise<string> {
  const { project, users } = desk.sandbox;
  const where = { url, project: project.path, token: users.owner.token, clock: desk.clock };
  return (await readSecrets(where)).GITLAB_TOKEN ?? '';
}

if (import.meta.main) {
  const { desk, mergeRequests } = await deskWith(Number(process.argv[2]));
  const { url } = await desk.sandbox.listen();
  const { project, requests } = desk.sandbox;
  const token = await tokenOf(desk, url);
  console.log(JSON.stringify({ url, project, token, mergeRequests } satisfies BenchDesk));

  // Tells on request how many requests there were since it was last asked.
  let count = 0;
  const push = requests.push.bind(requests);
  requests.push = (...seen) => {
    count += seen.length;
    return push(...seen);
  };
  process.on('message', () => {
    process.send?.(count);
    count = 0;
  });
}
