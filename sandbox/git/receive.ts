/** What a push asks for, read from the beginning of its request; `zero` stands for none. */
export interface RefUpdate {
  before: string;
  after: string;
  ref: string;
}

/** The updates at the beginning of a `receive-pack` request; undefined while more of it is needed. Pure. */
export function parseUpdates(start: Buffer): RefUpdate[] | undefined {
  const updates: RefUpdate[] = [];
  for (let at = 0; ;) {
    if (start.length < at + 4) return undefined;
    const length = parseInt(start.toString('latin1', at, at + 4), 16);
    if (Number.isNaN(length)) return updates;
    if (length === 0) return updates;
    if (start.length < at + length) return undefined;
    const line =
      start
        .toString('utf8', at + 4, at + length)
        .split('\0')[0]
        ?.trim() ?? '';
    const found = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(line);
    if (found) updates.push({ before: found[1] ?? '', after: found[2] ?? '', ref: found[3] ?? '' });
    at += Math.max(length, 4);
  }
}

/** What the post-receive hook was told: the updates, and the options of `git push -o`. */
export function parseReport(report: string): { updates: RefUpdate[]; options: string[] } {
  const lines = report.split('\n');
  const updates = lines.flatMap((line) => {
    const [before, after, ref] = line.split(' ');
    return before && after && ref?.startsWith('refs/') ? [{ before, after, ref }] : [];
  });
  const options = lines.flatMap((line) => (line.startsWith('option ') ? [line.slice(7)] : []));
  return { updates, options };
}
