import type { Problem } from '../problem.ts';
import { type Domain, domainSchema, entitySchema } from './domain.ts';
import { formsOf } from './domain-words.ts';
import { oneOf } from './nearest.ts';
import { readYaml } from './yaml.ts';

export interface ParsedDomain {
  /** Absent when there is an error. */
  domain?: Domain;
  problems: readonly Problem[];
}

const folder = /^profiles\/domains\/([^/]+)\.ya?ml$/;

/** The name of the pack a file holds, undefined for any other file. */
export const domainNamed = (path: string) => folder.exec(path)?.[1];

/** A domain pack from the text of `profiles/domains/<name>.yaml`, or everything that is wrong with it at once. */
export function parseDomain(text: string, file: string): ParsedDomain {
  const rule = 'domain';
  const read = readYaml(text.replace(/^\uFEFF/, ''), domainSchema, { file, rule });
  const found: Problem[] = [];
  const report = (path: readonly PropertyKey[], message: string, expected: string) =>
    found.push({ file, line: read.lineOf(path), rule, severity: 'error', message, expected });
  // On what was read, not on what the schema let through: one mistake must not hide another.
  const raw = isObject(read.raw) ? read.raw : {};
  const name = domainNamed(file) ?? '';
  if (typeof raw.name === 'string' && raw.name !== name)
    report(['name'], `name is "${raw.name}" in a file called ${name}.yaml`, `name: ${name}`);
  const entities = listOf(raw.entities);
  reportTwice(entities, report);
  const names = entities.map((each) => each.name).filter((each) => typeof each === 'string');
  listOf(raw.indicators).forEach(({ name: each, about }, index, all) => {
    if (all.findIndex((other) => other.name === each) < index)
      report(
        ['indicators', index],
        `a second indicator is called "${String(each)}"`,
        'another name',
      );
    if (typeof about !== 'string' || names.includes(about)) return;
    const message = `there is no entity "${about}" for an indicator to be about`;
    report(['indicators', index, 'about'], message, oneOf(about, names));
  });
  const problems = [...read.problems, ...found].sort((a, b) => a.line - b.line);
  return read.value && found.length === 0 ? { problems, domain: read.value } : { problems };
}

type Raw = Readonly<Record<string, unknown>>;
type Report = (path: readonly PropertyKey[], message: string, expected: string) => unknown;

/** A way to write something must tell what is meant. */
function reportTwice(entities: readonly Raw[], report: Report): void {
  const owners = new Map<string, string>();
  entities.forEach((each, index) => {
    const { data: entity } = entitySchema.safeParse({ ...each, kind: 'x' });
    for (const form of entity ? formsOf(entity) : []) {
      const owner = owners.get(form);
      if (owner === undefined) owners.set(form, entity?.name ?? '');
      else {
        const message = `"${form}" names both "${owner}" and "${entity?.name ?? ''}"`;
        report(['entities', index], message, 'a way to write one of them only');
      }
    }
  });
}

const isObject = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries keep their place, so that a wrong one does not move the lines of the others. */
const listOf = (value: unknown): readonly Raw[] =>
  Array.isArray(value) ? value.map((entry: unknown) => (isObject(entry) ? entry : {})) : [];

/** All packs below `profiles/domains/` that are right, by name, and what is wrong with the others. */
export async function loadDomains(
  read: (path: string) => Promise<string | undefined>,
  list: (folder: string) => Promise<readonly string[]>,
): Promise<{ domains: readonly Domain[]; problems: readonly Problem[] }> {
  const files = (await list('profiles/domains')).filter((path) => folder.test(path));
  const parsed = await Promise.all(
    files.toSorted().map(async (file) => parseDomain((await read(file)) ?? '', file)),
  );
  return {
    domains: parsed.flatMap(({ domain }) => domain ?? []),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

/** The packs a profile names, in its order. */
export function domainsOf(
  { domain }: { domain: readonly string[] },
  domains: readonly Domain[],
): readonly Domain[] {
  return domain.flatMap((name) => domains.find((each) => each.name === name) ?? []);
}
