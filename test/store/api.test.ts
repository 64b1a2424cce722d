import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { createApiFiles } from '../../lib/store/api.ts';
import { createDeskSandbox, type Fetch } from './sandbox.ts';

type Desk = Awaited<ReturnType<typeof createDeskSandbox>>;
let desk: Desk;
beforeAll(async () => {
  desk = await createDeskSandbox();
});
afterAll(() => desk.close());

const clock = { ...systemClock, sleep: () => Promise.resolve() };
const create = (path: string, content = 'one\n') => ({ action: 'create' as const, path, content });
const isCommit = (input: unknown, init?: RequestInit) =>
  init?.method === 'POST' && String(input).endsWith('/repository/commits');

/** Files over a line that handles the first `times` commits in its own way. */
function filesOver(times: number, line: (send: () => Promise<Response>) => Promise<Response>) {
  let left = times;
  const sent: string[] = [];
  const fetch = (async (input: string, init?: RequestInit) => {
    const send = () => desk.sandbox.fetch(input, init);
    if (!isCommit(input, init)) return send();
    sent.push(input);
    left -= 1;
    return left >= 0 ? line(send) : send();
  }) as Fetch;
  return { files: createApiFiles(desk.gitlab(fetch), 'pulse-state', clock), sent };
}
const commitsOf = async (path: string) => (await desk.gitlab().commits('pulse-state', path)).length;
const broken = () => Promise.reject(new TypeError('fetch failed'));

describe('a commit over the API', () => {
  it('whose answer is lost is found and not made again', async () => {
    const { files, sent } = filesOver(1, async (send) => {
      await send();
      return broken();
    });
    const { commit } = await files.commit([create('lost/answer.json')], 'Claim');
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(sent).toHaveLength(1);
    expect(await commitsOf('lost/answer.json')).toBe(1);
  });

  it('that never arrived is made again, once', async () => {
    const { files, sent } = filesOver(1, broken);
    await files.commit([create('lost/request.json')], 'Claim');
    expect(sent).toHaveLength(2);
    expect(await commitsOf('lost/request.json')).toBe(1);
  });

  it('answered with 500 though it was made is found', async () => {
    const { files, sent } = filesOver(1, async (send) => {
      await send();
      return new Response('{"message":"500 Internal Server Error"}', { status: 500 });
    });
    await files.commit([create('lost/500.json')], 'Claim');
    expect(sent).toHaveLength(1);
  });

  it('that lands late, after it was thought lost, counts as ours', async () => {
    let late: (() => Promise<Response>) | undefined;
    const { files } = filesOver(2, async (send) => {
      if (late === undefined) {
        late = send;
        return broken();
      }
      await late();
      return send();
    });
    await files.commit([create('lost/late.json')], 'Claim');
    expect(await commitsOf('lost/late.json')).toBe(1);
  });

  it("is lost to another's, even with the same words, when its own never arrived", async () => {
    const rival = createApiFiles(desk.gitlab(), 'pulse-state', clock);
    const { files } = filesOver(1, async () => {
      await rival.commit([create('lost/race.json', 'same\n')], 'Claim');
      return broken();
    });
    await expect(files.commit([create('lost/race.json', 'same\n')], 'Claim')).rejects.toMatchObject(
      {
        code: 'STORE_CONFLICT',
      },
    );
  });

  it('waits its turn when the branch keeps moving', async () => {
    const moved = () =>
      Promise.resolve(
        Response.json({ message: 'reference does not point to expected object' }, { status: 400 }),
      );
    const { files, sent } = filesOver(10, moved);
    await files.commit([create('moved.json')], 'Write');
    expect(sent).toHaveLength(11);
  });

  it('that GitLab refuses is not tried again', async () => {
    const { files, sent } = filesOver(1, () =>
      Promise.resolve(Response.json({ message: '403 Forbidden' }, { status: 403 })),
    );
    await expect(files.commit([create('no.json')], 'Write')).rejects.toMatchObject({
      code: 'GITLAB_REFUSED',
    });
    expect(sent).toHaveLength(1);
  });
});
