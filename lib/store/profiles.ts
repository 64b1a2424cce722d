import type { Problem } from '../problem.ts';
import { type Network, readSettings } from './account-settings.ts';
import { domainNamed } from './domains.ts';
import { oneOf } from './nearest.ts';
import { type Profile, profileSchema } from './profile.ts';
import { readYaml } from './yaml.ts';

export interface ParsedProfile {
  /** Absent when there is an error. */
  profile?: Profile;
  problems: readonly Problem[];
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * A profile from the text of `profiles/<name>.yaml`, or everything that is wrong with it at once. `platforms` are the
 * networks there are, by name, `domains` the names of the domain packs; neither is checked when absent.
 */
export function parseProfile(
  text: string,
  file: string,
  platforms?: Readonly<Record<string, Network>>,
  domains?: readonly string[],
): ParsedProfile {
  const rule = 'profile';
  const read = readYaml(text.replace(/^\uFEFF/, ''), profileSchema, { file, rule });
  const found: Problem[] = [];
  const report = (path: readonly PropertyKey[], message: string, expected?: string) =>
    found.push({
      file,
      line: read.lineOf(path),
      rule,
      severity: 'error',
      message,
      ...(expected !== undefined && { expected }),
    });

  // On what was read, not on what the schema let through: one mistake must not hide another.
  const raw: Raw = isObject(read.raw) ? read.raw : {};
  const name = /([^/]*)\.ya?ml$/.exec(file)?.[1] ?? '';
  if (typeof raw.name === 'string' && raw.name !== name)
    report(['name'], `name is "${raw.name}" in a file called ${name}.yaml`, `name: ${name}`);

  const accounts = listOf(raw.accounts);
  const names = accounts.map(({ name: each }) => each);
  const known = platforms === undefined ? undefined : Object.keys(platforms);
  accounts.forEach((account, index) => {
    const { name: each, platform } = account;
    if (typeof each === 'string' && names.indexOf(each) < index)
      report(['accounts', index, 'name'], `a second account is called "${each}"`, 'another name');
    if (typeof platform !== 'string' || !platforms || !known) return;
    const network = Object.hasOwn(platforms, platform) ? platforms[platform] : undefined;
    if (network === undefined) {
      const message = `there is no network called "${platform}"`;
      report(['accounts', index, 'platform'], message, oneOf(platform, known));
      return;
    }
    for (const { path, message, expected } of readSettings(account, network).problems)
      report(['accounts', index, ...path], message, expected);
    if (typeof each === 'string' && each !== platform && known.includes(each))
      // Words for one network may stand under its own name: which account that means must be plain.
      report(
        ['accounts', index, 'name'],
        `the account "${each}" has the name of a network it is not on`,
        `another name, or platform: ${each}`,
      );
  });
  const sources = isObject(raw.sources) ? listOf(raw.sources.accounts) : [];
  sources.forEach(({ account }, index) => {
    if (typeof account === 'string' && !names.includes(account)) {
      const message = `there is no account "${account}" to read with`;
      const expected = oneOf(
        account,
        names.filter((each) => typeof each === 'string'),
      );
      report(['sources', 'accounts', index, 'account'], message, expected);
    }
  });
  reportTwice('topics', listOf(raw.topics), report);
  reportTwice('deny_topics', listOf(raw.deny_topics), report);
  const named = Array.isArray(raw.domain) ? (raw.domain as readonly unknown[]) : [raw.domain];
  named.forEach((domain, index) => {
    if (typeof domain !== 'string' || !domains || domains.includes(domain)) return;
    const place = Array.isArray(raw.domain) ? ['domain', index] : ['domain'];
    report(place, `there is no domain pack "${domain}"`, oneOf(domain, domains));
  });

  const problems = [...read.problems, ...found].sort((a, b) => a.line - b.line);
  if (!read.value || found.length > 0) return { problems };
  return { problems, profile: withSettings(read.value, platforms) };
}

/** All profiles below `profiles/` that are right, by name, and what is wrong with the others. */
export async function loadProfiles(
  read: (path: string) => Promise<string | undefined>,
  list: (folder: string) => Promise<readonly string[]>,
  platforms?: Readonly<Record<string, Network>>,
): Promise<{ profiles: readonly Profile[]; problems: readonly Problem[] }> {
  const all = await list('profiles');
  const files = all.filter((file) => /^profiles\/[^/]+\.ya?ml$/.test(file));
  const domains = all.flatMap((file) => domainNamed(file) ?? []);
  const parsed = await Promise.all(
    files.map(async (file) => parseProfile((await read(file)) ?? '', file, platforms, domains)),
  );
  return {
    profiles: parsed.flatMap(({ profile }) => profile ?? []),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

/** The profile with what the networks' schemas fill in for its accounts. */
function withSettings(
  profile: Profile,
  platforms: Readonly<Record<string, Network>> = {},
): Profile {
  const accounts = profile.accounts.map((account) => ({
    ...account,
    ...readSettings(account, platforms[account.platform] ?? {}).settings,
  }));
  return { ...profile, accounts };
}

function reportTwice(
  list: string,
  entries: readonly Raw[],
  report: (path: readonly PropertyKey[], message: string, expected?: string) => unknown,
) {
  entries.forEach(({ name }, index) => {
    if (typeof name === 'string' && entries.findIndex((each) => each.name === name) < index)
      report(
        [list, index, 'name'],
        `a second entry of ${list} is called "${name}"`,
        'another name',
      );
  });
}

const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries keep their place, so that a wrong one does not move the lines of the others. */
const listOf = (value: unknown): readonly Raw[] =>
  Array.isArray(value) ? value.map((entry: unknown) => (isObject(entry) ? entry : {})) : [];
