import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommands } from '../../lib/review/commands.ts';

const read = (body: string) =>
  parseCommands(body).map(({ line, verb, argument }) => [line, verb, argument].join(' ').trim());

describe('/pulse lines', () => {
  it.each([
    ['/pulse approve', ['1 approve']],
    ['hello\n/pulse refine  a bit   shorter ', ['2 refine a bit shorter']],
    ['/pulse', ['1 help']],
    ['/pulse APPROVE r4', ['1 approve r4']],
    ['\\/pulse approve\\', ['1 approve']],
    ['/pulse schedule 2026\\-12\\-24T18:00\\+01:00', ['1 schedule 2026-12-24T18:00+01:00']],
    ['/pulse use b\r\n/pulse now', ['1 use b', '2 now']],
    ['please /pulse approve', []],
    ['/pulseapprove', []],
    ['> /pulse approve', []],
    ['    /pulse approve', []],
    ['`/pulse approve`', []],
    ['```\n/pulse approve\n```\n/pulse hold', ['4 hold']],
    ['~~~text\n/pulse approve\n~~~', []],
    ['````\n```\n/pulse approve\n````', []],
    ['```\n/pulse approve', []],
    ['<!-- /pulse approve -->', []],
    ['<!--\n/pulse approve\n-->\n/pulse hold', ['4 hold']],
  ])('%j', (body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  it('are never found inside a fenced block, whatever stands there', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        const inside = lines.map((line) => line.replace(/[`~\r\n]/g, '')).join('\n');
        expect(parseCommands(`\`\`\`\n${inside}\n/pulse approve\n\`\`\``)).toEqual([]);
      }),
    );
  });

  it('are never invented: each stands on its own line of the note', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const lines = `${before}\n${after}`.split(/\r\n?|\n/);
        for (const { line } of parseCommands(`${before}\n${after}`)) {
          expect(lines[line - 1]).toMatch(/^ {0,3}\\?\/pulse/);
        }
      }),
    );
  });
});
