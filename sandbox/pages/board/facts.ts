/** What the text of an issue, a merge request or a card tells about a post, read as a person would. Pure. */
export interface Facts {
  profile?: string;
  /** Accounts the card shows a preview for. */
  targets: readonly string[];
  /** The first lines of the first preview. */
  excerpt?: string;
  /** End of the think window, ms UTC. */
  closes?: number;
  /** Where it stands, by account. */
  published: readonly { target: string; url: string }[];
  mergeRequest?: number;
  issue?: number;
}

const profileWords = /\bpost for \*\*([a-z][a-z0-9-]*)\*\*/;
const targetLine = /^\*\*([a-z][a-z0-9-]*)\*\*(?: \([\w-]+\))? · .*\d+ \/ \d+.*$/gm;
const quoted = /^(?:> ?.*\n?)+/m;
const publishedRow = /^\| ([a-z][a-z0-9-]*) \|[^|]*\bpublished \|.*?\]\((https?:[^)\s]+)\)/gm;
const time = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|UTC)\b/;
const window = /^.*\bthink(?:ing| window)\b.*$/gim;
const longest = 400;

function closing(text: string): number | undefined {
  for (const [line] of text.matchAll(window)) {
    const found = time.exec(line);
    if (found) return Date.parse(`${found[1] ?? ''}T${found[2] ?? ''}Z`);
  }
  return undefined;
}

const iid = (text: string, pattern: RegExp): number | undefined => {
  const digits = pattern.exec(text)?.slice(1).find(Boolean);
  return digits === undefined ? undefined : Number(digits);
};

/** Words of the preview that follows the first account's line, without quotation marks and rules. */
function excerptOf(text: string): string | undefined {
  const first = text.search(targetLine);
  if (first === -1) return undefined;
  const lines = quoted.exec(text.slice(first))?.[0].split('\n') ?? [];
  const words = lines
    .map((line) => line.replace(/^> ?/, '').trim())
    .filter((line) => line !== '' && line !== '---')
    .join(' ');
  return words === '' ? undefined : words.slice(0, longest);
}

/** Reads `text`; what it does not tell is absent. */
export function factsOf(text: string): Facts {
  const words = text.replace(/<!--[\s\S]*?-->/g, '');
  const profile = profileWords.exec(words)?.[1];
  const closes = closing(words);
  const excerpt = excerptOf(words);
  const mergeRequest = iid(words, /\/-\/merge_requests\/(\d+)|(?<![\w/&])!(\d+)\b/);
  const issue = iid(words, /\/-\/(?:work_items|issues)\/(\d+)|(?<![\w/&])#(\d+)\b/);
  return {
    targets: [...new Set(Array.from(words.matchAll(targetLine), ([, name]) => name ?? ''))],
    published: Array.from(words.matchAll(publishedRow), ([, target, url]) => {
      return { target: target ?? '', url: url ?? '' };
    }),
    ...(profile === undefined ? {} : { profile }),
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(closes === undefined || Number.isNaN(closes) ? {} : { closes }),
    ...(mergeRequest === undefined ? {} : { mergeRequest }),
    ...(issue === undefined ? {} : { issue }),
  };
}
