import { documentId } from '../../draft/parse.ts';
import type { PostRecord } from '../../store/record.ts';
import type { Desk } from '../context.ts';

/** Whether a file may hold a post, also one that the check will send to another path. */
export const mayHoldPost = (path: string) => /^content\/posts\/.+\.md$/.test(path);

/**
 * The document of a post on `ref`: where the record says, or where a person moved it to. Its identity is the id in its
 * front matter, not its name.
 */
export async function findDocument(
  desk: Desk,
  record: PostRecord,
  ref: string,
): Promise<{ path: string; text: string; commit: string } | undefined> {
  const there = await desk.gitlab.readFile(record.path, ref);
  if (there !== undefined) {
    return { path: record.path, text: there.content, commit: there.lastCommit };
  }
  if (record.mergeRequest === undefined) return undefined;
  const moved = (await desk.gitlab.changedPaths(record.mergeRequest)).filter(
    (path) => mayHoldPost(path) && path !== record.path,
  );
  for (const path of moved) {
    const file = await desk.gitlab.readFile(path, ref);
    if (file !== undefined && documentId(file.content) === record.id) {
      return { path, text: file.content, commit: file.lastCommit };
    }
  }
  return undefined;
}
