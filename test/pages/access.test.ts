import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, openPage, overflow } from '../browser.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
let addresses: string[];

beforeAll(async () => {
  desk = await openDesk();
  const { issue, mergeRequest, path, branch } = await desk.post('plain', 'Plain words.');
  addresses = [
    desk.base,
    `${desk.base}/outbox`,
    `${desk.base}/activity`,
    `${desk.project}/-/work_items/${String(issue)}`,
    `${desk.project}/-/merge_requests/${String(mergeRequest)}`,
    `${desk.project}/-/merge_requests`,
    `${desk.project}/-/blob/${branch}/${path}`,
    `${desk.project}/-/pipelines`,
    `${desk.project}/-/tree`,
  ];
});
afterAll(async () => {
  await closeBrowser();
  await desk.close();
});

/** Runs in the page: what keeps people from using it. */
const barriers = `(() => {
  const found = [];
  const name = (at) => (at.getAttribute('aria-label') ?? at.textContent ?? '').trim();
  for (const field of document.querySelectorAll('input:not([type=hidden]), textarea, select'))
    if (field.labels.length === 0) found.push('no label: ' + field.outerHTML.slice(0, 80));
  for (const one of document.querySelectorAll('button, a[href], summary'))
    if (name(one) === '') found.push('no name: ' + one.outerHTML.slice(0, 80));
  for (const image of document.querySelectorAll('img:not([alt])')) found.push('no alt: ' + image.src);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push('twice: ' + id);
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) found.push('not one main');
  return found;
})()`;

/** Runs in the page: texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
const faint = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (c) => {
    const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (at) => {
    for (let e = at; e; e = e.parentElement) {
      const c = rgba(getComputedStyle(e).backgroundColor);
      if (c[3] === 255) return c;
    }
    return [255, 255, 255, 255];
  };
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || at.closest('.visually-hidden, .skip, script, .label, datalist')) continue;
    if (!at.checkVisibility()) continue;
    const [a, b] = [luminance(rgba(getComputedStyle(at).color).slice(0, 3)), luminance(behind(at).slice(0, 3))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(ratio.toFixed(2) + ' ' + at.className + ': ' + at.textContent.trim().slice(0, 40));
  }
  return [...found];
})()`;

describe('every page', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read and used by everybody, ${colorScheme}`, async () => {
      const { page, wrong } = await openPage({
        colorScheme,
        viewport: { width: 390, height: 844 },
      });
      for (const address of addresses) {
        await page.goto(address);
        expect([address, await page.evaluate(barriers)]).toEqual([address, []]);
        expect([address, await page.evaluate(faint)]).toEqual([address, []]);
        expect([address, await overflow(page)]).toEqual([address, 0]);
      }
      expect(wrong).toEqual([]);
    });
  }

  it('can be used by keyboard alone: skip the navigation, act as somebody else', async () => {
    const { page } = await openPage();
    await page.goto(desk.base);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.locator('#switcher > summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('.who', { hasText: desk.sandbox.users.owner.name }).waitFor();
    await page.locator('#switcher > summary').click();
    await page.keyboard.press('Escape');
    expect(await page.locator('#switcher').getAttribute('open')).toBeNull();
  });

  it('works without script: comment, refusal and edit by plain forms', async () => {
    const { page } = await openPage({ javaScriptEnabled: false });
    const { mergeRequest, branch, path } = await desk.post('no-script', 'Without script.');
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    await page.getByLabel('Comment as').fill('Plain form');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    expect(await page.locator('.note', { hasText: 'Plain form' }).count()).toBe(1);
    expect(page.url()).toMatch(/#note_\d+$/);
    await page.locator('.editor summary').click();
    await page.getByLabel('Text of the file').fill('changed');
    await page.getByRole('button', { name: 'Save to the branch' }).click();
    expect(await desk.text(branch, path)).toBe('changed');
    await page.locator('#decide').getByRole('button', { name: 'Merge' }).click();
    expect(await page.locator('#decide [role=alert]').innerText()).toContain('GitLab says');
  });
});
