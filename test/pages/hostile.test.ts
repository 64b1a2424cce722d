import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, openPage, overflow } from '../browser.ts';
import { hostile, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
let pages: string[];

beforeAll(async () => {
  desk = await openDesk();
  const { issue, mergeRequest, path, branch } = await desk.post('hostile', hostile);
  const iid = String(mergeRequest);
  await desk.api('owner', 'PUT', `issues/${String(issue)}`, { title: hostile.slice(0, 255) });
  await desk.api('owner', 'PUT', `merge_requests/${iid}`, { title: hostile.slice(0, 255) });
  await desk.api('owner', 'POST', `issues/${String(issue)}/notes`, { body: hostile });
  await desk.api('owner', 'POST', `merge_requests/${iid}/notes`, {
    body: `| a |\n|---|\n| ${hostile} |\n\n<details><summary>${hostile}</summary>\n\n${hostile}\n\n</details>`,
  });
  const entry = { delivery: 'hostile.outbox', part: 0, account: 'outbox', media: [], at: 1 };
  await desk.commit(
    'pulse-state',
    'outbox/hostile.outbox-1.json',
    JSON.stringify({
      ...entry,
      text: hostile,
      media: [{ name: hostile, alt: hostile }],
      title: hostile,
      reply: hostile,
      poll: [hostile],
      link: hostile,
    }),
    'main',
  );
  pages = [
    '/',
    '/outbox',
    '/activity',
    `/-/work_items/${String(issue)}`,
    '/-/merge_requests',
    `/-/merge_requests/${iid}`,
    `/-/merge_requests/${iid}/diffs`,
    `/-/merge_requests/${iid}/commits`,
    '/-/tree/main',
    `/-/blob/${branch}/${path}`,
    `/-/blob/${branch}/${path}?plain=1`,
    '/-/blob/pulse-state/outbox/hostile.outbox-1.json',
    `/-/commits/${branch}`,
    '/-/pipelines',
  ].map((address) => (address.startsWith('/-/') ? desk.project + address : desk.base + address));
});
afterAll(async () => {
  await closeBrowser();
  await desk.close();
});

describe('hostile texts', () => {
  for (const width of [390, 1280]) {
    it(`are harmless and break no layout at ${String(width)} pixels`, async () => {
      const { page, wrong } = await openPage({ viewport: { width, height: 844 } });
      for (const address of pages) {
        const answer = await page.goto(address);
        expect([address, answer?.status()]).toEqual([address, 200]);
        expect([address, await overflow(page)]).toEqual([address, 0]);
        expect(await page.evaluate('window.broken')).toBeUndefined();
        expect(await page.locator('a[href^="javascript"], main script, main img').count()).toBe(0);
      }
      expect(wrong).toEqual([]);
    });
  }

  it('are refused by the content security policy, should one get through', async () => {
    const answer = await fetch(desk.base);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('in a file of the repository never run as a page', async () => {
    await desk.commit('main', 'content/evil.html', hostile);
    await desk.commit('main', 'content/evil.svg', `<svg xmlns="x">${hostile}</svg>`);
    for (const name of ['evil.html', 'evil.svg']) {
      const answer = await fetch(`${desk.project}/-/raw/main/content/${name}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('requests of other sites', () => {
  const post = (headers: Record<string, string>, address = `${desk.project}/-/work_items/1`) =>
    fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ do: 'comment', body: 'from elsewhere', as: 'x', back: '//a.b' }),
    });

  it('change nothing', async () => {
    const refused = [
      await post({}),
      await post({ Origin: 'https://evil.example' }),
      await post({ Origin: 'null' }),
      await post({ 'Sec-Fetch-Site': 'cross-site' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const notes = (await desk.api('owner', 'GET', 'issues/1/notes')) as { body: string }[];
    expect(notes.filter(({ body }) => body.includes('from elsewhere'))).toEqual([]);
    expect((await post({ Origin: desk.base })).status).toBe(303);
  });

  it('cannot make the switcher lead away', async () => {
    const answer = await post({ Origin: desk.base }, `${desk.base}/-/desk/as`);
    expect(answer.headers.get('location')).toBe('/');
  });
});
