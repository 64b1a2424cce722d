import { describe, expect, it } from 'vitest';
import { renderCard } from '../../lib/review/card.ts';
import type { CurrentDocument, Target } from '../../lib/review/observation.ts';
import { aRecord } from './record.ts';

const part = { text: 'Up or down?', length: 11, limit: 300, unit: 'characters', media: [] };
const cardOf = (target: Partial<Target>) => {
  const document: CurrentDocument = {
    path: 'content/posts/2026/11/rates-3f9a.md',
    file: 'f'.repeat(64),
    content: 'words',
    variants: {},
    media: [],
    where: 'branch',
    targets: [{ name: 'bluesky', platform: 'bluesky', parts: [part], ...target }],
    warnings: [],
    problems: [],
  };
  return renderCard(aRecord(), document);
};

describe('the card', () => {
  it('shows everything people will see beside the words', () => {
    const card = cardOf({
      title: 'Rates',
      reply: 'https://bsky.app/profile/a/post/b',
      parts: [
        {
          ...part,
          media: ['A chart'],
          poll: ['Up', 'Down'],
          link: 'The page · https://a.example',
        },
        { ...part, text: 'More' },
      ],
    });
    const quoted = card.split('\n').filter((line) => line.startsWith('>'));
    expect(quoted).toEqual([
      '> ↩ https://bsky.app/profile/a/post/b  ',
      '> Rates  ',
      '> Up or down?  ',
      '> 🖼 A chart  ',
      '> ◯ Up  ',
      '> ◯ Down  ',
      '> 🔗 The page · https://a.example',
      '>',
      '> ---',
      '>',
      '> More',
    ]);
  });

  it('lets no title, option or card be carried out by GitLab', () => {
    const evil = '/close\n@all #1';
    const card = cardOf({
      title: evil,
      parts: [{ ...part, poll: [evil], link: evil, media: [evil] }],
    });
    expect(card).not.toMatch(/^\s*\/close/m);
    expect(card).not.toMatch(/^> \/close/m);
    expect(card).not.toMatch(/@all/);
  });
});
