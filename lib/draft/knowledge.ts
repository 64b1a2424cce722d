/** Characters of knowledge that are shown to a model at most. */
const most = 24_000;

/**
 * What `content/knowledge/` holds for a profile, by path, as far as it fits: files at the top are for all, those below a
 * folder named like a profile for that profile. READMEs do not count.
 */
export async function loadKnowledge(
  profile: string,
  read: (path: string) => Promise<string | undefined>,
  list: (folder: string) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, string>>> {
  const files = (await list('content/knowledge')).filter((path) => {
    const found = /^content\/knowledge\/(?:([^/]+)\/)?[^/]+\.(?:md|txt)$/.exec(path);
    return found && !/\/readme\.md$/i.test(path) && (found[1] ?? profile) === profile;
  });
  const texts = await Promise.all(
    files.toSorted().map(async (path) => [path, ((await read(path)) ?? '').trim()] as const),
  );
  let left = most;
  const fitting = texts.filter(([, text]) => {
    if (text === '' || text.length > left) return false;
    left -= text.length;
    return true;
  });
  return Object.fromEntries(fitting);
}
