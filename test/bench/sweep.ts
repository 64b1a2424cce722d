import { deskWith } from './desk.ts';
import type { Result } from './result.ts';

const posts = 1_000;

/** Requests at GitLab of one sweep by a fresh process over 1,000 open posts that nobody has touched. */
export async function bench(): Promise<Result[]> {
  const { desk } = await deskWith(posts);
  try {
    // Takes note of what was just opened, and of what that itself changed.
    await desk.app.sweep();
    await desk.app.sweep();
    desk.sandbox.requests.length = 0;
    const fresh = await desk.another();
    const { reconciled } = await fresh.sweep();
    const made = [...desk.sandbox.requests];
    return [
      {
        name: 'requests of a sweep',
        ratio: made.length,
        aim: 12,
        want: 'at most',
        details: `over ${posts.toLocaleString('en')} open posts, ${String(reconciled)} looked at: ${pathsOf(made)}`,
      },
    ];
  } finally {
    await desk.close();
  }
}

const pathsOf = (requests: readonly { method: string; path: string }[]) =>
  requests
    .slice(0, 12)
    .map(({ method, path }) => `${method} ${path.replace(/^.*\/api\/v4/, '').replace(/\?.*/, '')}`)
    .join(', ');
