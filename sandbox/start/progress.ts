/** Says what is being done, stage by stage. On a terminal a stage is one line that moves, elsewhere one line when it ends. */
export interface Progress {
  /** Runs one stage; `work` may tell how far it is. Its result is the line's ending. */
  stage<T>(
    name: string,
    work: (tell: Tell) => Promise<T>,
    ending: (result: T) => string,
  ): Promise<T>;
  say(line: string): void;
}

/** How far a stage is: a share from 0 to 1 where it is known, and words. */
export type Tell = (words: string, share?: number) => void;

export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** How often a moving line is drawn at most, ms. */
const redrawMs = 80;
const barWidth = 24;

/** Progress on `screen`; `now` gives ms and need not be the time of day. */
export function createProgress(screen: Screen, now: () => number): Progress {
  const moving = screen.isTTY === true;
  const clear = () => moving && screen.write('\r\u001B[2K');
  return {
    say(line) {
      clear();
      screen.write(`${line}\n`);
    },
    async stage(name, work, ending) {
      const started = now();
      let drawn = -Infinity;
      const tell: Tell = (words, share) => {
        if (!moving || now() - drawn < redrawMs) return;
        drawn = now();
        const line = `  ${name.padEnd(9)} ${share === undefined ? '' : `${bar(share)} `}${words}`;
        screen.write(`\r\u001B[2K${line.slice(0, (screen.columns ?? 80) - 1)}`);
      };
      tell('...');
      try {
        const result = await work(tell);
        clear();
        const seconds = ((now() - started) / 1000).toFixed(1);
        screen.write(`✓ ${name.padEnd(9)} ${ending(result)} (${seconds} s)\n`);
        return result;
      } catch (error) {
        clear();
        screen.write(`✗ ${name}\n`);
        throw error;
      }
    },
  };
}

/** `████████░░░░ 66 %`. */
export function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  const percent = String(Math.floor(Math.min(1, Math.max(0, share)) * 100)).padStart(3);
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${percent} %`;
}
