import { z } from 'zod';
import { platforms } from '../../lib/platforms/index.ts';
import type { Connection, Platform } from '../../lib/platforms/platform.ts';
import { connected } from './platforms-connected.ts';
import { type Column, tableOf } from './table.ts';

/** `docs/platforms.md`: what each network of the registry can do, takes and needs. Connects them, and asks nothing. */
export async function platformsPage(): Promise<string> {
  const all = Object.values(platforms).sort((a, b) => a.title.localeCompare(b.title));
  const known = await Promise.all(
    all.map(async (platform) => ({ platform, can: await connected(platform) })),
  );
  const places = all.filter((each) => each.measure !== undefined);
  const notices = all.flatMap(({ title, notice }) => (notice ? [`- **${title}**: ${notice}`] : []));
  return `# Networks

What each network can do here follows from what its folder in \`lib/platforms/\` implements; the numbers are those the
check counts with. Where an instance has other limits (Mastodon, Discord), the instance is asked.

## Good to know

${notices.join('\n')}

## What can be done

${tableOf('network', known, ({ platform }) => platform.title, abilities)}

*parts*: what the parts after the first become. *find*: whether the network can be asked, after a crash, if a post is
there. *once*: sending the same post twice makes one.

## What fits

${tableOf('network', places, ({ title }) => title, limits)}

Images of another type, size or shape are converted, made smaller and cropped; videos are left as they are.

## What an account needs

Variables are those of \`docs/configuration.md\`; an address that is not set is the network's own. Settings stand in the
account's entry in the profile, beside \`name\` and \`platform\`.

${tableOf('network', all, ({ title }) => title, needs)}

This page is made from \`lib/platforms/\` by \`npm run docs\`.
`;
}

interface Known {
  platform: Platform;
  can: ReadonlySet<keyof Connection>;
}

const has =
  (ability: keyof Connection) =>
  ({ can }: Known) =>
    can.has(ability);

const abilities: Record<string, Column<Known>> = {
  publish: has('publish'),
  parts: ({ platform: { parts } }) => parts?.as,
  image: ({ platform: { media } }) => (media?.types.length ?? 0) > 0,
  alt: ({ platform: { media } }) => media !== undefined && media.altLength !== 0,
  video: ({ platform: { media } }) => media?.video !== undefined,
  poll: ({ platform: { poll } }) => poll !== undefined,
  'link card': ({ platform: { linkCards } }) => linkCards,
  schedule: ({ platform: { schedules } }) => schedules !== undefined,
  edit: has('edit'),
  delete: has('remove'),
  find: has('find'),
  once: ({ platform: { keyed } }) => keyed,
  metrics: has('metrics'),
  own: has('own'),
  mentions: has('mentions'),
  search: has('search'),
  timeline: has('timeline'),
  trends: has('trends'),
  listen: has('listen'),
  notify: has('notify'),
};

const limits: Record<string, Column<Platform>> = {
  text: (platform) => {
    const { limit = 0, unit = '' } = platform.measure?.('') ?? {};
    return `${number(limit)} ${unit}`;
  },
  title: ({ headline }) =>
    headline &&
    `${number(headline.limit)} ${headline.unit}${headline.required ? ', required' : ''}`,
  parts: ({ parts }) => (parts ? (parts.most === undefined ? 'any' : number(parts.most)) : '1'),
  files: ({ media }) =>
    media &&
    `${number(media.count)}${media.required ? ', at least 1' : ''}${media.byUrl ? ', by address' : ''}`,
  images: ({ media }) =>
    media && media.types.length > 0
      ? `${types(media.types)}; ${megabytes(media.bytes)}${media.size ? `; ${String(media.size.width)} × ${String(media.size.height)}` : ''}${media.ratio ? `; ${ratio(media.ratio)}` : ''}`
      : undefined,
  'alt text': ({ media }) => {
    if (!media || media.altLength === 0) return undefined;
    const most = media.altLength === undefined ? 'any length' : number(media.altLength);
    return media.altRequired ? `${most}, required` : most;
  },
  video: ({ media }) => media?.video && videoOf(media.video),
  poll: ({ poll }) =>
    poll &&
    `${String(poll.options.min)} to ${String(poll.options.max)} options of ${String(poll.length)}; ${time(poll.duration.min)} to ${time(poll.duration.max)}`,
  schedule: ({ schedules }) =>
    schedules && `${time(schedules.min)} to ${time(schedules.max)} ahead`,
};

const needs: Record<string, Column<Platform>> = {
  variables: ({ credentials }) => credentials.map((name) => `\`${name}\``).join(', '),
  'one of': ({ needs }) =>
    needs?.map((set) => set.map((name) => `\`${name}\``).join(' and ')).join(', or '),
  'OAuth rights': ({ oauth }) => oauth?.scopes.map((scope) => `\`${scope}\``).join(', '),
  settings: ({ settings }) => settings && settingsOf(settings),
};

function videoOf({
  types: kinds,
  bytes,
  length,
  ratio: shape,
  count,
}: NonNullable<NonNullable<Platform['media']>['video']>) {
  const words = [
    ...(count > 1 ? [number(count)] : []),
    types(kinds),
    megabytes(bytes),
    `${time(length.min * 1000)} to ${time(length.max * 1000)}`,
    ...(shape ? [ratio(shape)] : []),
  ];
  return words.join('; ');
}

function settingsOf(settings: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(settings, {
    io: 'input',
    unrepresentable: 'any',
  });
  const each = Object.entries(properties).map(([name, schema]) => {
    const { description, enum: values } = typeof schema === 'object' ? schema : {};
    const choice = values?.map((value) => `\`${String(value)}\``).join(', ');
    const said = [description, choice].filter(Boolean).join(': ');
    const may = required.includes(name) ? '' : ' (may be absent)';
    return `\`${name}\`${may}${said === '' ? '' : ` ${said}`}`;
  });
  return each.join('; ');
}

const number = (value: number) => value.toLocaleString('en-US');
const types = (all: readonly string[]) => all.map((type) => type.replace(/^\w+\//, '')).join(', ');
const megabytes = (bytes: number) => `${number(Math.round(bytes / 10_000) / 100)} MB`;
const ratio = ({ min, max }: { min: number; max: number }) =>
  `${String(Math.round(min * 100) / 100)} to ${String(Math.round(max * 100) / 100)} : 1`;

function time(ms: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ] as const;
  const exact = units.find(([each]) => ms >= each && ms % each === 0 && ms / each < 1_000);
  const [size, name] = exact ?? units.find(([each]) => ms >= each * 10) ?? [1_000, 's'];
  return `${number(Math.round((ms / size) * 10) / 10)} ${name}`;
}
