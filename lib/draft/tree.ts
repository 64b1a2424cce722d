import type { Platform } from '../platforms/platform.ts';
import type { Problem } from '../problem.ts';
import { domainNamed, parseDomain } from '../store/domains.ts';
import { parseProfile } from '../store/profiles.ts';
import { checkDocument } from './check.ts';
import { judgeMedia, tryToFit } from './media/judge.ts';
import { documentId, parseDocument } from './parse.ts';
import { parsePrompt, promptNames } from './prompts.ts';

/** The files of a desk as they lie in a working tree. */
export interface Tree {
  /** Paths of plain files from the top, with `/`. */
  files: readonly string[];
  /** Paths of links; none is followed. */
  links: readonly string[];
  read: (path: string) => Promise<string>;
  readBytes: (path: string) => Promise<Uint8Array>;
}

export interface TreeCheck {
  platforms: Readonly<Record<string, Platform>>;
  /** ms UTC. */
  now: number;
  /** Whether a post is to be reported on; all are when absent. Profiles and prompts always are. */
  concerns?: (path: string) => boolean;
}

/** Checks every profile, domain pack, prompt and post of a tree. `files` are those that were looked at. */
export async function checkTree(
  tree: Tree,
  { platforms, now, concerns = () => true }: TreeCheck,
): Promise<{ files: readonly string[]; problems: readonly Problem[] }> {
  const texts = async (pattern: RegExp) =>
    Promise.all(
      tree.files
        .filter((path) => pattern.test(path))
        .map(async (path) => ({ path, text: await tree.read(path) })),
    );
  const profileFiles = await texts(/^profiles\/[^/]+\.ya?ml$/);
  const domainFiles = await texts(/^profiles\/domains\/[^/]+\.ya?ml$/);
  const promptFiles = await texts(/^prompts\/[^/]+\.md$/);
  const posts = await texts(/^content\/posts\/.+\.md$/);

  const domains = domainFiles.flatMap(({ path }) => domainNamed(path) ?? []);
  const profiles = profileFiles.map(({ path, text }) =>
    parseProfile(text, path, platforms, domains),
  );
  const known = profiles.flatMap(({ profile }) => profile ?? []);
  const names = profileFiles.map(({ path }) => path.replace(/^.*\/|\.ya?ml$/g, ''));
  const ids = posts.map(({ path, text }) => ({ path, id: documentId(text) }));
  const existing = new Set(tree.files);

  const looked = posts.filter(({ path }) => concerns(path) && !/\/readme\.md$/i.test(path));
  const checkPost = async ({ path, text }: { path: string; text: string }) => {
    const { document, problems } = parseDocument(text, path);
    if (!document) return problems;
    // A profile that cannot be read has its own problems; the post is not to blame.
    const profile = known.find(({ name }) => name === document.profile);
    if (!profile && names.includes(document.profile)) return problems;
    const accounts = (profile?.accounts ?? []).filter(({ name }) =>
      document.targets.includes(name),
    );
    const verdicts = await judgeMedia(document, accounts, platforms, async (file, rules, focus) =>
      existing.has(file) ? tryToFit(await tree.readBytes(file), rules, focus) : undefined,
    );
    return checkDocument(document, text, path, {
      verdicts,
      profile,
      platforms,
      exists: (file) => existing.has(file),
      now,
      profiles: names,
      twin: (id) => ids.find((each) => each.id === id && each.path !== path)?.path,
    });
  };
  const inPosts: Problem[] = [];
  // One after the other: each may hold large files in memory.
  for (const post of looked) inPosts.push(...(await checkPost(post)));

  return {
    files: [...profileFiles, ...domainFiles, ...promptFiles, ...looked].map(({ path }) => path),
    problems: [
      ...profiles.flatMap(({ problems }) => problems),
      ...domainFiles.flatMap(({ path, text }) => parseDomain(text, path).problems),
      ...missingPrompts(tree.files),
      ...promptFiles.flatMap(({ path, text }) => parsePrompt(text, path).problems),
      ...linkProblems(tree.links.filter((path) => !path.startsWith('content/') || concerns(path))),
      ...inPosts,
    ],
  };
}

function missingPrompts(files: readonly string[]): readonly Problem[] {
  return promptNames
    .map((name) => `prompts/${name}.md`)
    .filter((file) => !files.includes(file))
    .map((file) => ({
      file,
      line: 1,
      rule: 'prompt',
      severity: 'warning',
      message: 'the file is missing: no language model is asked, templates write',
      expected: 'the prompt that comes with the product',
    }));
}

function linkProblems(links: readonly string[]): readonly Problem[] {
  return links.map((file) => ({
    file,
    line: 1,
    rule: 'link',
    severity: 'error',
    message: 'this is a link to another file; none is followed',
    expected: 'the file itself',
  }));
}
