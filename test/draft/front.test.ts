import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../lib/draft/parse.ts';
import { path } from './desk.ts';

describe('the settings are read strictly', () => {
  it.each<[string, number, string]>([
    ['title: ""', 4, 'title'],
    ['title: "a\\nb"', 4, 'title'],
    ['poll: {options: []}', 4, 'poll.options'],
    ['poll: {options: [a], open: soon}', 4, 'poll.open'],
    ['poll:\n  options: [a]\n  open: 0h', 6, 'poll.open'],
    ['poll:\n  options: [a, 2]', 5, 'poll.options[2]'],
    ['poll:\n  options: [a]\n  secret: true', 6, 'secret'],
    ['link: {title: x}', 4, 'link.url'],
    ['link: {url: "javascript:alert(1)"}', 4, 'link.url'],
    ['reply: [a]', 4, 'reply'],
    ['media:\n  - file: content/a.png\n    focus: middle', 6, 'media[1].focus'],
    ['media:\n  - file: content/a.png\n    focus: 0.5 1.5', 6, 'media[1].focus'],
  ])('%j', (front, line, about) => {
    const text = `---\nid: p\nprofile: news\n${front}\ntargets: [mine]\n---\n\n## a\n\nx\n`;
    const { document, problems } = parseDocument(text, path);
    expect(document).toBeUndefined();
    expect(problems).toMatchObject([{ line }]);
    expect(problems[0]?.message).toContain(about);
  });
});
