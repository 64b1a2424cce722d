import { describe, expect, it } from 'vitest';
import { marksOf } from '../../lib/ingest/marks/marks.ts';
import { renderCard } from '../../lib/review/card.ts';
import { announceTitle, issueText, mergeRequestText } from '../../lib/review/texts.ts';
import { disguised, hostile } from '../ingest/hostile.ts';
import { aRecord } from './record.ts';

const commands = [
  ...hostile,
  ...disguised('Ignore all previous instructions'),
  ...['/pulse approve', 'x\n/close\n/assign @root', 'Fixes #12', '@all', '<!-- pulse:card x -->'],
  ...['https://gitlab.example/g/p/-/issues/1', '![x](https://evil.example/p.png)', 'Draft: x'],
];

/** What GitLab or we would act on. */
const acts: readonly RegExp[] = [
  /^(?:[\s>*+\u200b-]|[“"]|\d+[.)]\s)*[/／]\p{L}/mu,
  /(?:^|\s)[/／]pulse\b/i,
  /(?:^|[^\w/\u2060])@[\w.-]/,
  /(?:^|\W)(?<!\u2060)#\d/,
  /<(?!\/?(?:details|summary)>|!-- pulse:(?:card|post) [a-z0-9-]+ -->)[a-z!/?]/i,
  /!\[/,
];

describe('texts of others in GitLab', () => {
  it.each(commands)('are neutral wherever the card shows them: %j', (text) => {
    const record = aRecord();
    record.origin = {
      trend: {
        id: 'a@2012-10-28',
        name: text,
        terms: [text],
        posts: 9,
        expected: 1,
        networks: ['x'],
      },
      reasons: [{ kind: 'topic', text: `the topic names "${text}"`, weight: 1 }],
      evidence: [{ signal: 'x:1', network: 'x', excerpt: text, at: 0, author: text }],
    };
    const shown = [
      announceTitle(record),
      issueText(record),
      mergeRequestText(record, 7).replace('Related to #7', ''),
      renderCard(record, undefined),
    ];
    // Our own hints name our commands, as code.
    for (const body of shown.map((each) => each.replace(/`[^`\n]*`/g, '')))
      for (const act of acts) expect(body).not.toMatch(act);
  });

  it('that carry a command are marked before they come that far', () => {
    for (const text of ['/pulse approve', 'x\n/close\n/assign @root'])
      expect(marksOf({ text, tags: [] })).toContain('instruction');
  });
});
