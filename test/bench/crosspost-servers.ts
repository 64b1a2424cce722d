// The Mastodon stand-in and a real Bluesky server, in a process of their own. Prints where they are; asked by a
// message, tells how often somebody signed in since it was last asked, and how many posts there are.
import { startBluesky } from '../platforms/bluesky/pds.ts';
import { startMastodon } from '../platforms/mastodon/server.ts';

export interface Servers {
  mastodon: { url: string; token: string };
  bluesky: { url: string; handle: string; password: string };
}

export interface Counted {
  logins: number;
  posts: number;
}

// Requests are held to the description in the tests; here that would be most of the time.
const mastodon = await startMastodon(() => []);
const bluesky = await startBluesky();
const { handle, password } = await bluesky.account('bench');

let known = 0;
process.on('message', () => {
  const fresh = bluesky.proxy.seen.slice(known);
  known += fresh.length;
  const logins = fresh.filter((path) => path.endsWith('createSession')).length;
  const puts = fresh.filter((path) => /(?:put|create)Record$/.test(path)).length;
  const { requests } = mastodon;
  const posts = puts + requests.splice(0).filter(({ method }) => method === 'POST').length;
  process.send?.({ logins, posts } satisfies Counted);
});
process.once('disconnect', () => process.exit());
const servers: Servers = {
  mastodon: { url: mastodon.url, token: mastodon.state.token },
  bluesky: { url: bluesky.url, handle, password },
};
process.send?.(servers);
