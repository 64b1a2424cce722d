/** A `/pulse` line as a person wrote it. */
export interface CommandLine {
  /** 1-based line of the note. */
  line: number;
  verb: string;
  /** The rest of the line, one space between words. */
  argument: string;
}

export const verbs = {
  approve: '`/pulse approve [r4]`: publish it as it stands, or exactly that revision',
  reject: '`/pulse reject [reason]`: never publish it',
  refine: '`/pulse refine shorter`: let the machine write a new revision',
  use: '`/pulse use b`: choose the variant that goes out',
  schedule: '`/pulse schedule 2026-12-24T18:00+01:00`: publish then, once approved',
  now: '`/pulse now`: publish as soon as approved',
  hold: '`/pulse hold`: stop; `/pulse approve` or the label `pulse::review` goes on',
  retry:
    '`/pulse retry [account]`: try a failed delivery again; for an unknown one this says it is not out',
  skip: '`/pulse skip [account]`: give up a delivery; for an unknown one this says it is out',
  help: '`/pulse help`: this list',
} as const;
export type Verb = keyof typeof verbs;

/** Whether `verb` is one we know. */
export function isVerb(verb: string): verb is Verb {
  return Object.hasOwn(verbs, verb);
}

/** What comes before the words of a line that opens or closes a fenced block. */
const fence = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The `/pulse` lines of a note, outside code (fenced or indented), quotes and HTML comments.
 * GitLab's rich text editor escapes characters and ends lines with a backslash: both are undone.
 */
export function parseCommands(body: string): readonly CommandLine[] {
  const commands: CommandLine[] = [];
  let open: string | undefined;
  let commented = false;
  body.split(/\r\n?|\n/).forEach((raw, index) => {
    const mark = fence.exec(raw)?.[1];
    if (open !== undefined) {
      if (mark?.startsWith(open) === true && raw.trim() === mark) open = undefined;
      return;
    }
    if (mark !== undefined) {
      open = mark;
      return;
    }
    const line = raw.replace(/<!--.*?-->/g, '');
    if (commented) {
      commented = !line.includes('-->');
      return;
    }
    if (line.includes('<!--')) commented = true;
    const found = /^ {0,3}\\?\/pulse(?:\s+(.*?))?\s*\\?$/.exec(line);
    if (found === null || commented) return;
    const [verb = 'help', ...rest] = (found[1] ?? '').replace(/\\([^\w\s])/g, '$1').split(/\s+/);
    commands.push({
      line: index + 1,
      verb: verb === '' ? 'help' : verb.toLowerCase(),
      argument: rest.join(' '),
    });
  });
  return commands;
}
