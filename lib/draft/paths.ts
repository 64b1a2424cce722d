/** Characters of a slug at most. */
const longest = 60;

/** `Hurricane Sandy` -> `hurricane-sandy`: ASCII letters and digits joined by single hyphens, cut between words. */
export function slugOf(name: string, most = longest): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (words.length <= most) return words || 'post';
  const cut = words.slice(0, most + 1);
  const end = cut.lastIndexOf('-');
  return cut.slice(0, end > 0 ? end : most);
}

/** Where a new post lies: `content/posts/<yyyy>/<mm>/<id>.md`, by the month of `at` (ms UTC). */
export function postPath(id: string, at: number): string {
  const [year = '', month = ''] = new Date(at).toISOString().split('-');
  return `content/posts/${year}/${month}/${id}.md`;
}

/** Whether a post may lie there. */
export const isPostPath = (path: string) =>
  /^content\/posts\/\d{4}\/(?:0[1-9]|1[0-2])\/[a-z0-9]+(?:-[a-z0-9]+)*\.md$/.test(path);

/** Types of files that can be sent, by the end of the file's name. */
const mediaTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
};

/** Media type of an image or a video by its name; undefined for anything else. */
export function mediaType(path: string): string | undefined {
  const end = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(mediaTypes, end) ? mediaTypes[end] : undefined;
}

/**
 * Why an image or a video may not lie at `path`; undefined when it may. Paths are taken as they are written: nothing is resolved,
 * decoded or put into lower case, so what climbs out by any of these is refused and not repaired.
 */
export function mediaPathProblem(path: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(path)) return 'holds characters that cannot be seen';
  if (path !== path.normalize('NFC')) return 'is not in Unicode form NFC';
  if (/[\\:%?*"<>|]/.test(path)) return 'holds one of \\ : % ? * " < > |';
  if (path.startsWith('/')) return 'begins at the top of the machine';
  const steps = path.split('/');
  if (steps.some((step) => step === '')) return 'has an empty step';
  if (steps.some((step) => step.startsWith('.'))) return 'has a step that begins with a dot';
  if (steps.some((step) => /^[\s~-]|[\s.]$/.test(step)))
    return 'has a step that begins or ends with a blank, ~, - or dot';
  if (steps[0] !== 'content' || steps.length < 2) return 'does not lie below content/';
  if (mediaType(path) === undefined) return 'is no image or video this desk can send';
  return undefined;
}
