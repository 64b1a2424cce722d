import type { EmbeddingCache } from '../match/meaning.ts';
import { rankTexts } from '../match/ranking/rank.ts';
import type { Embedder } from '../models/model.ts';
import type { Trend } from '../trend/trend.ts';
import { joinPassages, type Passage, passagesOf } from './passages.ts';

/** Characters of knowledge that are shown to a model at most. */
const most = 24_000;
/** Terms of a trend that stand for it beside its name. */
const leading = 5;

/** A text of `content/knowledge/`. */
export interface KnowledgeFile {
  path: string;
  text: string;
}

/**
 * What `content/knowledge/` holds for a profile, in the order of paths: files at the top are for all, those below a folder
 * named like a profile for that profile. READMEs and empty files do not count.
 */
export async function loadKnowledge(
  profile: string,
  read: (path: string) => Promise<string | undefined>,
  list: (folder: string) => Promise<readonly string[]>,
): Promise<readonly KnowledgeFile[]> {
  const paths = (await list('content/knowledge')).filter((path) => {
    const found = /^content\/knowledge\/(?:([^/]+)\/)?[^/]+\.(?:md|txt)$/.exec(path);
    return found && !/\/readme\.md$/i.test(path) && (found[1] ?? profile) === profile;
  });
  const files = await Promise.all(
    paths.toSorted().map(async (path) => ({ path, text: ((await read(path)) ?? '').trim() })),
  );
  return files.filter(({ text }) => text !== '');
}

/**
 * Passages to draw on for a trend, by path, each file's in its order: files called `style` as they are, because how to write
 * does not depend on the subject, then the passages nearest to the trend's name and leading terms, best first, as far as
 * they fit into 24,000 characters. A passage without a word or meaning in common with it is left out. Throws what the
 * embedder throws.
 */
export async function knowledgeFor(
  trend: Pick<Trend, 'name' | 'terms'>,
  files: readonly KnowledgeFile[],
  embedder?: Embedder,
  cache?: EmbeddingCache,
): Promise<Readonly<Record<string, string>>> {
  let left = most;
  const fits = ({ heading, text }: Omit<Passage, 'path'>) => {
    // With its heading and the blank lines around both.
    const length = heading.length + text.length + 6;
    if (length > left) return false;
    left -= length;
    return true;
  };
  const isStyle = ({ path }: KnowledgeFile) => /\/style\.(?:md|txt)$/i.test(path);
  const style = files.filter((file) => isStyle(file) && fits({ heading: '', ...file }));
  const passages = files
    .filter((file) => !isStyle(file))
    .flatMap(({ path, text }) => passagesOf(path, text));
  const query = [trend.name, ...trend.terms.slice(0, leading)].join(' ');
  const texts = passages.map(({ heading, text }) => `${heading}\n${text}`);
  const ranked = await rankTexts(query, texts, embedder, cache);
  const chosen = ranked.flatMap(({ index }) => passages[index] ?? []).filter(fits);
  const inOrder = new Set(chosen);
  return Object.fromEntries([
    ...style.map(({ path, text }) => [path, text] as const),
    ...[...new Set(chosen.map(({ path }) => path))].map((path) => {
      const own = passages.filter((passage) => passage.path === path && inOrder.has(passage));
      return [path, joinPassages(own)] as const;
    }),
  ]);
}
