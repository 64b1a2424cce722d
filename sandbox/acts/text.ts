/** What GitLab reads out of what people write. Pure. */

/** The text with everything blanked in which GitLab sees no references: code, quotes of code, HTML comments. */
export function withoutCode(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  return text
    .replaceAll(
      /^[ ]{0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?\n[ ]{0,3}\1[`~]*[ \t]*$|[\s\S]*$)/gm,
      blank,
    )
    .replaceAll(/<!--[\s\S]*?(-->|$)/g, blank)
    .replaceAll(/<(pre|code)\b[^>]*>[\s\S]*?<\/\1>/gi, blank)
    .replaceAll(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, blank);
}

/** Usernames that a text mentions, in the order of their first mention. */
export function mentionsIn(text: string): string[] {
  const found = withoutCode(text).matchAll(/(?<![\w/.@-])@([a-zA-Z0-9_][\w.-]*[a-zA-Z0-9_]|\w)/g);
  return [...new Set([...found].map((each) => each[1] ?? ''))];
}

export interface Reference {
  on: 'issue' | 'merge_request';
  iid: number;
}

/** Issues (`#1`) and merge requests (`!1`) of the same project that a text names. */
export function referencesIn(text: string): Reference[] {
  const found = withoutCode(text).matchAll(/(?<![\w&/#!])([#!])(\d{1,9})(?!\w)/g);
  const all = [...found].map((each): Reference => ({
    on: each[1] === '#' ? 'issue' : 'merge_request',
    iid: Number(each[2]),
  }));
  return all.filter(
    (one, at) => all.findIndex((each) => each.on === one.on && each.iid === one.iid) === at,
  );
}

const verbs = 'clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|implement(?:s|ed|ing)?';
const issue = '(?:issues?\\s+)?#\\d+';
const closing = new RegExp(
  `\\b(?:${verbs}):?\\s+(${issue}(?:(?:\\s*,?\\s+and\\s+|\\s*,\\s*)${issue})*)`,
  'gi',
);

/** Numbers of the issues that a commit or merge request closes once it is on the default branch. */
export function closedIn(text: string): number[] {
  const found = [...withoutCode(text).matchAll(closing)].flatMap((each) =>
    [...(each[1] ?? '').matchAll(/#(\d+)/g)].map((number) => Number(number[1])),
  );
  return [...new Set(found)];
}

const draftMark = /^\s*(\[draft\]|\(draft\)|draft:)\s*/i;
export const isDraftTitle = (title: string) => draftMark.test(title);
/** A commit that begins like this makes its merge request a draft. */
export const isDraftCommit = (message: string) =>
  isDraftTitle(message) || /^\s*(fixup|squash)!\s/.test(message);

export function withoutDraft(title: string): string {
  let bare = title;
  while (draftMark.test(bare)) bare = bare.replace(draftMark, '');
  return bare;
}
export const asDraft = (title: string) => (isDraftTitle(title) ? title : `Draft: ${title}`);

/** The quick actions GitLab knows; those without effect here are taken out of the text all the same. */
const names: readonly string[] = (
  'close reopen label labels unlabel remove_label relabel assign unassign reassign assign_reviewer reviewer ' +
  'request_review unassign_reviewer remove_reviewer approve unapprove merge draft ready title lock unlock ' +
  'confidential due remove_due_date target_branch award react todo done subscribe unsubscribe shrug tableflip ' +
  'spend spent spend_time estimate remove_estimate remove_time_spent milestone remove_milestone duplicate ' +
  'move clone create_merge_request severity submit_review rebase copy_metadata tag board_move cc relate unlink ' +
  'promote_to_incident add_contacts remove_contacts timeline type convert_to_ticket zoom remove_zoom'
).split(' ');
const known = new Set(names);

export interface Command {
  name: string;
  argument: string;
}

/** Takes the quick actions out of a text. What is quoted or code is no quick action; an unknown one is text. */
export function takeCommands(text: string): { text: string; commands: Command[] } {
  const plain = withoutCode(text).replaceAll(/^>>>[\s\S]*?^>>>\s*$/gm, (part) =>
    part.replaceAll(/[^\n]/g, ' '),
  );
  const commands: Command[] = [];
  const visible = plain.split('\n');
  const kept = text.split('\n').filter((line, at) => {
    const found = /^\/([a-z_]+)(?:[ \t]+(.*?))?\s*$/i.exec(visible[at] ?? '');
    const name = found?.[1]?.toLowerCase() ?? '';
    if (!known.has(name)) return true;
    // The argument as it was written: code in it is blanked in the other.
    commands.push({ name, argument: line.slice(name.length + 1).trim() });
    return false;
  });
  return { text: commands.length === 0 ? text : kept.join('\n').trim(), commands };
}
