import { z } from 'zod';
import { isError } from '../../errors.ts';
import type { Identity } from '../reading.ts';
import type { Rules } from '../rules.ts';
import type { Surroundings } from '../surroundings.ts';
import { media as mediaRules } from './measure.ts';
import type { Speak } from './upload.ts';

const number = z.number().int().positive().optional();

/** What GET /api/v2/instance says that we go by; each may be missing on other servers that speak this API. */
const instanceSchema = z.object({
  configuration: z
    .object({
      urls: z.object({ streaming: z.string().optional() }).catch({}),
      statuses: z
        .object({
          max_characters: number,
          max_media_attachments: number,
          characters_reserved_per_url: number,
        })
        .catch({}),
      media_attachments: z
        .object({
          supported_mime_types: z.array(z.string()).optional(),
          description_limit: number,
          image_size_limit: number,
          video_size_limit: number,
        })
        .catch({}),
      polls: z
        .object({
          max_options: number,
          max_characters_per_option: number,
          min_expiration: number,
          max_expiration: number,
        })
        .catch({}),
    })
    .partial(),
});

const accountSchema = z.object({ id: z.string(), acct: z.string(), url: z.string().nullish() });

const scopesSchema = z.object({ scopes: z.array(z.string()) });

/** What is asked of an instance once for a connection: who we are there, what it allows, where it streams. */
export function createInstance(
  { server, account }: { server: string; account: string },
  speak: Speak,
  { cache }: Surroundings,
) {
  const read = () => speak({ operation: 'read' });
  const { host } = new URL(server);
  const keyOf = (what: string) => `mastodon:${what}:${server}:${account}`;

  const asMe = async (): Promise<Identity> => {
    const { id, acct, url } = accountSchema.parse(await read().v1.accounts.verifyCredentials());
    cache?.set(keyOf('me'), id);
    return { id, name: `@${acct}@${host}`, ...(url && { url }) };
  };

  /** Rights of the token; instances before 4.3 do not tell. */
  const whoami = async (): Promise<Identity> => {
    const identity = await asMe();
    const answer: unknown = await read()
      .v1.apps.verifyCredentials()
      .catch((error: unknown) => {
        if (isError(error, 'DELIVERY_REFUSED')) return {};
        throw error;
      });
    const { success, data } = scopesSchema.safeParse(answer);
    return success ? { ...identity, scopes: data.scopes } : identity;
  };

  let mine: string | undefined;
  let known: Promise<z.infer<typeof instanceSchema>> | undefined;
  const about = () => {
    known ??= read()
      .v2.instance.fetch()
      .then((answer: unknown) => instanceSchema.parse(answer));
    known.catch(() => (known = undefined));
    return known;
  };

  return {
    whoami,
    /** Id of our account. */
    me: async (): Promise<string> => {
      mine ??= cache?.get(keyOf('me')) ?? (await asMe()).id;
      return mine;
    },
    rules: async (): Promise<Rules> => rulesOf(await about()),
    /** Address of its stream, `wss://...`. */
    streaming: async (): Promise<string> => {
      const { urls } = (await about()).configuration;
      return urls?.streaming ?? server.replace(/^http/, 'ws');
    },
  };
}

function rulesOf({ configuration }: z.infer<typeof instanceSchema>): Rules {
  const { statuses = {}, media_attachments: files = {}, polls = {} } = configuration;
  const types = files.supported_mime_types;
  const typesOf = (kind: string, ours: readonly string[]) =>
    types && { types: ours.filter((type) => types.includes(type) && type.startsWith(kind)) };
  const { video } = mediaRules;
  return {
    ...(statuses.max_characters && { characters: statuses.max_characters }),
    ...(statuses.characters_reserved_per_url && { url: statuses.characters_reserved_per_url }),
    media: {
      ...(statuses.max_media_attachments && { count: statuses.max_media_attachments }),
      ...typesOf('image/', mediaRules.types),
      ...(files.image_size_limit && { bytes: files.image_size_limit }),
      ...(files.description_limit && { altLength: files.description_limit }),
      ...(video && {
        video: {
          ...video,
          ...typesOf('video/', video.types),
          ...(files.video_size_limit && { bytes: files.video_size_limit }),
        },
      }),
    },
    poll: {
      ...(polls.max_options && { options: { min: 2, max: polls.max_options } }),
      ...(polls.max_characters_per_option && { length: polls.max_characters_per_option }),
      ...(polls.min_expiration &&
        polls.max_expiration && {
          duration: { min: polls.min_expiration * 1000, max: polls.max_expiration * 1000 },
        }),
    },
  };
}
