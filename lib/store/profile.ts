import { z } from 'zod';
import { parseDuration } from '../duration.ts';
import { indicatorSchema } from './indicator.ts';

export { parseDuration };

/** `90s`, `15m`, `2h`, `1d` in milliseconds. */
export const duration = z
  .string()
  .regex(/^\d+(ms|s|m|h|d)$/, 'a number and one of ms, s, m, h, d, e.g. 2h')
  .transform(parseDuration);

const topic = z.strictObject({
  name: z.string().min(1),
  /** What it is about, one sentence; compared by meaning. */
  about: z.string().min(1),
  /** Words and phrases, any case; hashtags with `#`. Compared by letter. */
  keywords: z.array(z.string().min(1)).min(1),
});

const domainName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the name of a domain pack');

/** An account we publish to. Further settings are the platform's own. */
const account = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  platform: z.string(),
  /** What the names of its variables begin with, so that two accounts of one network have credentials of their own. */
  variables: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*_$/, 'capitals and digits with `_` at the end, e.g. CRYPTO_')
    .optional(),
  /** For accounts that are no place to publish: which posts they are told of. */
  notify: z.array(z.enum(['review', 'failed', 'unknown', 'published'])).optional(),
});

/** What is read with an account of ours. */
const accountSource = z.strictObject({
  /** Name of one of the profile's accounts. */
  account: z.string(),
  /** Our own posts. */
  own: z.boolean().default(false),
  /** Mentions of us and replies to us. */
  mentions: z.boolean().default(false),
  search: z.array(z.string().min(1)).default([]),
  authors: z.array(z.string().min(1)).default([]),
  /** What the account hears as it is written; words to listen for, where the network filters. */
  listen: z.union([z.boolean(), z.array(z.string().min(1))]).default(false),
});
export type AccountSource = z.infer<typeof accountSource>;

/** Three hours, half a day and a day. */
export const defaultTtl = { flash: 10_800_000, story: 43_200_000, lasting: 86_400_000 } as const;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day, e.g. 09:00');

const zone = z.string().refine(isZone, 'the IANA name of a time zone, e.g. Europe/Berlin or UTC');
const language = z.string().refine(isLanguage, 'a language as BCP 47 writes it, e.g. en or pt-BR');

export const profileSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  /** Who we are and what we speak about; compared by meaning. */
  description: z.string().min(1),
  /** How we sound; goes into every prompt. */
  voice: z.string().min(1),
  /** BCP 47. */
  language: language.default('en'),
  /** Packs of `profiles/domains/` whose words it speaks; one name or a list. */
  domain: z.union([domainName.transform((name) => [name]), z.array(domainName)]).default([]),
  topics: z.array(topic).min(1),
  /** Win over everything: a trend that names one of these words is never matched. */
  deny: z.array(z.string().min(1)).default([]),
  /** The same for what a trend is about: compared like topics, and a trend that is about one is never matched. */
  deny_topics: z.array(topic).default([]),
  /** Accounts whose posts count more, `network:author`. */
  key_accounts: z
    .array(z.string().regex(/^[a-z]+:\S+$/, 'network:author, e.g. bluesky:bsky.app'))
    .default([]),
  /** Least score of a match, 0 to 1. */
  threshold: z.number().min(0).max(1).default(0.5),
  sources: z
    .strictObject({
      feeds: z.array(z.url()).default([]),
      /** Listen to Bluesky's public Jetstream. */
      jetstream: z.boolean().default(false),
      bluesky: z
        .strictObject({
          authors: z.array(z.string()).default([]),
          search: z.array(z.string()).default([]),
        })
        .default({ authors: [], search: [] }),
      accounts: z.array(accountSource).default([]),
      /** Numbers to watch beside those of the domain packs. */
      indicators: z.array(indicatorSchema).default([]),
    })
    .default({
      feeds: [],
      jetstream: false,
      bluesky: { authors: [], search: [] },
      accounts: [],
      indicators: [],
    }),
  accounts: z.array(account).min(1),
  posting: z
    .strictObject({
      /** IANA name. */
      zone: zone.default('UTC'),
      /** When posts may go out; at any time when empty. */
      windows: z
        .array(
          z.strictObject({
            days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1),
            from: timeOfDay,
            to: timeOfDay,
          }),
        )
        .default([]),
      /** Most drafts proposed a day. */
      drafts_per_day: z.number().int().positive().default(10),
    })
    .default({ zone: 'UTC', windows: [], drafts_per_day: 10 }),
  /** How long the machine thinks before it asks people. */
  window: duration.default(7_200_000),
  /** Posts that nobody decided on expire after this. */
  expire: duration.default(172_800_000),
  /** How long a trend is worth a post after the last post of others on it, by how long it holds people's attention. */
  trends: z
    .strictObject({
      ttl: z.strictObject({
        flash: duration.default(defaultTtl.flash),
        story: duration.default(defaultTtl.story),
        lasting: duration.default(defaultTtl.lasting),
      }),
    })
    .default({ ttl: defaultTtl }),
  approval: z
    .strictObject({
      /** Least role of who may approve. */
      role: z.enum(['reporter', 'developer', 'maintainer', 'owner']).default('developer'),
      /** Least role of who may give any other command. */
      command_role: z.enum(['reporter', 'developer', 'maintainer', 'owner']).default('reporter'),
      /** Whether somebody who edited the post since the last approval may approve it. */
      authors: z.boolean().default(true),
    })
    .default({ role: 'developer', command_role: 'reporter', authors: true }),
  brand: z
    .strictObject({
      banned: z.array(z.string()).default([]),
      hashtags: z.number().int().nonnegative().default(3),
      /** Whether every image needs alt text even where the network does not ask for it. */
      alt_text: z.boolean().default(true),
    })
    .default({ banned: [], hashtags: 3, alt_text: true }),
});
export type Profile = z.infer<typeof profileSchema>;

function isZone(name: string): boolean {
  // Offsets such as +02:00 know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function isLanguage(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
