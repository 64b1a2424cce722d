import { linkedin } from '../../../lib/platforms/linkedin/index.ts';
import { fromLittle } from '../../../lib/platforms/linkedin/little.ts';
import { image } from '../image.ts';
import type { World } from '../world.ts';
import { type LinkedIn, startLinkedIn } from './server.ts';
import { organization, person } from './state.ts';

/** A member on a stand-in, who may not list own posts. */
export const linkedinWorld = (): Promise<World & { server: LinkedIn }> => worldOf(person);

/** An organization there, whose posts can be listed. */
export const organizationWorld = (): Promise<World & { server: LinkedIn }> => worldOf(organization);

async function worldOf(author: string): Promise<World & { server: LinkedIn }> {
  const server = await startLinkedIn();
  const { state } = server;
  const credentials = { LINKEDIN_API: server.url, LINKEDIN_ACCESS_TOKEN: server.token };
  return {
    server,
    platform: linkedin,
    settings: { author },
    credentials,
    token: () => server.token,
    connect: () =>
      linkedin.connect(
        { name: 'main', platform: 'linkedin', author },
        { fetch, now: () => state.now(), credentials },
      ),
    posts: () =>
      Promise.resolve(
        [...state.things.values()]
          .filter((each) => each.author === author)
          .toSorted((a, b) => a.at - b.at)
          .map(({ urn, text, question, alt, below }) => ({
            id: urn,
            text: question ?? (below === undefined ? fromLittle(text) : text),
            alt,
            ...(below !== undefined && { parent: below }),
          })),
      ),
    proxy: server.proxy,
    problems: () => server.problems,
    acts: (path, method) =>
      method === 'POST' && (path === '/rest/posts' || path.endsWith('/comments')),
    limited() {
      const day = 86_400_000;
      return {
        status: 429,
        body: {
          status: 429,
          serviceErrorCode: 101,
          code: 'TOO_MANY_REQUESTS',
          message:
            'Resource level throttle APPLICATION_AND_MEMBER DAY limit for calls to this resource is reached.',
        },
        until: (Math.floor(state.now() / day) + 1) * day,
      };
    },
    refused: () => ({
      status: 401,
      body: {
        status: 401,
        serviceErrorCode: 65601,
        code: 'REVOKED_ACCESS_TOKEN',
        message: 'The token used in the request has been revoked by the user',
      },
    }),
    image,
    missing: author === person ? 'unknown' : 'absent',
    close: () => server.close(),
  };
}
