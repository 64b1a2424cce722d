/** WORD JOINER: takes no room, is no space, and no sign that GitLab acts on reaches across it. */
const joiner = '\u2060';

/** Where autolinks keep GitLab from seeing a mention: the path of a plain web address. */
const inAddress = String.raw`(?<!(?:^|[\s(])https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/[\w.~\/-]*)`;

/** Starts of lines, for GitLab, git, browsers and people, with whatever may stand before the first word. */
const lineStart = String.raw`(?<=(?:^|[\n\r\u2028\u2029\u0085\v\f])[^\p{L}\p{N}\n\r\u2028\u2029\u0085\v\f]*)`;

/** Each matches up to the place where a joiner takes the force out of what follows. */
const breaks: readonly RegExp[] = [
  // Quick actions and our own commands: a slash that begins a word.
  /(?<![\p{L}\p{N}/:.])[/／⁄∕⧸](?=\p{L})/gu,
  // Mentions.
  new RegExp(String.raw`${inAddress}[@＠﹫](?=[^\s${joiner}])`, 'giu'),
  // References: issues, merge requests, snippets, epics, milestones, labels, iterations, named kinds.
  /[#＃﹟](?=\p{Nd})/gu,
  /[!！](?=[\p{Nd}[])/gu,
  /(?<!\w)[$＄](?=\p{Nd})/gu,
  /[&＆](?=\p{Nd})/gu,
  /(?<=^|[\s(])[%％](?=[\w"'])/gu,
  /(?<![\w/~])[~～](?=[\w"'])/gu,
  /\*(?=iteration:)/gi,
  /\bGL-(?=\d)/gi,
  /\[(?=[a-z_]+:\S)/gi,
  // Addresses of GitLab's things; those of GitHub are no business of GitLab's.
  /(?<!github\.com\/[\w.-]+\/[\w.-]+)\/(?:issues|merge_requests|work_items|epics)\/(?=\d)/gi,
  // Closing words before anything that may name an issue, here or in another tracker.
  /\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?)(?=:?\s+(?:issues?\s+)?\S*[\d#])/gi,
  // HTML and its comments, characters written as entities, included files.
  /<(?=[a-z!/?])/gi,
  /&(?=#?\w+;)/g,
  /::(?=include\b)/gi,
  // Pipelines that a commit message would keep from running.
  /\[(?=\s*(?:ci[ _-]skip|skip[ _-]ci)\s*\])/gi,
  // Titles and commits that would mark a merge request as a draft.
  new RegExp(
    String.raw`${lineStart}(?:d(?=raft\b)|w(?=ip\b)|f(?=ixup\b)|s(?=quash\b)|a(?=mend\b))`,
    'giu',
  ),
];

/**
 * Makes a text not written by us safe in notes, descriptions, titles and commit messages. GitLab would carry out quick
 * actions, mentions, references, closing words and marks in it as the bot, and we a `/pulse` line. Looks the same
 * afterwards: only joiners without width are put in, and broken characters and what nobody can see are taken out.
 * Doing it twice changes nothing. A title needs `neutralLine`.
 */
export function neutral(text: string): string {
  let safe = legible(text);
  for (;;) {
    const next = breaks.reduce((words, sign) => words.replace(sign, `$&${joiner}`), safe);
    if (next === safe) return safe;
    safe = next;
  }
}

/**
 * What nobody sees and what makes the rest look otherwise: controls that are no white space; tags, which spell whole sentences
 * (Unicode block E0000), but for the three flags written with them (UTS 51: England, Scotland, Wales); signs that
 * embed, isolate or override the direction of writing (UAX 9; Boucher and Anderson, Trojan Source, 2021).
 */
const unseen =
  /[^\P{Cc}\t\n\r\v\f\u0085]|[\u202A-\u202E\u2066-\u2069]|(?<flag>\u{1F3F4}(?:\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}))|[\u{E0000}-\u{E007F}]/gu;

/** Without broken characters and what cannot be seen. */
const legible = (text: string): string =>
  text.toWellFormed().replace(unseen, (_, flag: string | undefined) => flag ?? '');

/** The same on one line: line breaks of every kind become one space. */
export const neutralLine = (text: string): string =>
  neutral(
    legible(text)
      .replaceAll(/[\s\u0085]+/g, ' ')
      .trim(),
  );
