import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage } from '../browser.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await closeBrowser();
  await desk.close();
});

async function actAs(page: Page, name: string) {
  await page.locator('#switcher > summary').click();
  await page.locator('#switcher button', { hasText: name }).click();
  await page.locator('.who', { hasText: name }).waitFor();
}

describe('pages', () => {
  it('show posts on a board by where they stand, with the end of the window counted down', async () => {
    const closes = new Date(Date.now() + 5_400_000).toISOString().slice(0, 16).replace('T', ' ');
    const thinking = await desk.post('board-thinking', 'Rates fell today.', closes);
    const review = await desk.post('board-review', 'Bitcoin rose.');
    const { page, wrong } = await openPage();
    await page.goto(desk.base);

    const first = page.locator('.column.thinking .card', { hasText: 'board-thinking' });
    expect(await first.locator('.card-words').innerText()).toBe('Rates fell today.');
    expect(await first.locator('.countdown').innerText()).toMatch(/^1 h (29|28) min$/);
    expect(await first.locator('.chip').allInnerTexts()).toEqual(['crypto', 'outbox']);
    expect(await first.locator('.ref').allInnerTexts()).toEqual([
      `#${String(thinking.issue)}`,
      `!${String(thinking.mergeRequest)}`,
    ]);

    const second = page.locator('.column.review .card', { hasText: 'board-review' });
    await second.locator('.card-title').click();
    await page.waitForURL(`**/-/work_items/${String(review.issue)}`);
    expect(await page.locator('.preview blockquote').innerText()).toBe('Bitcoin rose.');
    expect(await page.locator('.banner').innerText()).toContain('a stand-in for GitLab');
    expect(wrong).toEqual([]);
  });

  it('take a comment, a command and a label, and show who gave them', async () => {
    const { mergeRequest } = await desk.post('talk', 'Words to talk about.');
    const { page, wrong } = await openPage();
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    await page.getByLabel('Comment as').fill('Shorter, **please**');
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    const note = page.locator('.note', { hasText: 'Shorter, please' });
    await note.waitFor();
    expect(await note.locator('.prose strong').innerText()).toBe('please');
    expect(await note.locator('.name').innerText()).toBe(desk.sandbox.users.reviewer.name);
    expect(await page.getByLabel('Comment as').inputValue()).toBe('');

    await page.getByRole('button', { name: 'Shorter' }).click();
    await page.locator('.note', { hasText: '/pulse refine shorter' }).waitFor();

    await page.getByRole('button', { name: 'Approve label' }).click();
    await page.locator('.event', { hasText: 'approved' }).waitFor();
    const item = await desk.api('owner', 'GET', `merge_requests/${String(mergeRequest)}`);
    expect(item).toMatchObject({ labels: ['pulse::approved'] });
    expect(wrong).toEqual([]);
  });

  it('approve, take it back, and merge as who may', async () => {
    const { mergeRequest } = await desk.post('merge-me', 'To be merged.');
    const { page, wrong } = await openPage();
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    const decide = page.locator('#decide');
    await decide.getByRole('button', { name: 'Approve' }).click();
    await decide.getByText(`Approved by ${desk.sandbox.users.reviewer.name}`).waitFor();
    await decide.getByRole('button', { name: 'Unapprove' }).click();
    await decide.getByText('Nobody has approved yet').waitFor();
    expect(wrong).toEqual([]);

    await actAs(page, desk.sandbox.users.maintainer.name);
    await decide.getByRole('button', { name: 'Merge' }).click();
    await page.locator('#head .badge.merged').waitFor();
    const item = await desk.api('owner', 'GET', `merge_requests/${String(mergeRequest)}`);
    expect(item).toMatchObject({ state: 'merged' });
    expect(wrong).toEqual([]);
  });

  it('say why GitLab refuses, where it was asked', async () => {
    const { issue, mergeRequest } = await desk.post('refused', 'Not for everybody.');
    const { page } = await openPage();
    await page.goto(desk.base);
    await actAs(page, desk.sandbox.users.developer.name);
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    await page.locator('#decide').getByRole('button', { name: 'Merge' }).click();
    const told = page.locator('#decide [role=alert]');
    await told.waitFor();
    expect(await told.innerText()).toContain('GitLab says: 401');
    expect(await told.innerText()).toContain('may not merge this');

    await actAs(page, desk.sandbox.users.guest.name);
    await page.goto(`${desk.project}/-/work_items/${String(issue)}`);
    await page.getByRole('button', { name: 'Approve label' }).click();
    await page.locator('#labels [role=alert]').waitFor();
    const item = await desk.api('owner', 'GET', `issues/${String(issue)}`);
    expect(item).toMatchObject({ labels: ['pulse::review'] });
  });

  it('edit the file on its branch, and keep the words when somebody was faster', async () => {
    const { mergeRequest, path, branch } = await desk.post('edit-me', 'First words.');
    const { page, wrong } = await openPage();
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    await page.locator('.editor summary').click();
    const box = page.getByLabel('Text of the file');
    const before = await box.inputValue();
    await box.fill(before.replace('First words.', 'Better words.'));
    await page.getByRole('button', { name: 'Save to the branch' }).click();
    await expect.poll(() => desk.text(branch, path)).toContain('Better words.');
    expect(await desk.text(branch, path)).toBe(before.replace('First words.', 'Better words.'));
    expect(wrong).toEqual([]);

    await page.reload();
    await page.locator('.editor summary').click();
    await box.fill('mine');
    await desk.update(branch, path, 'theirs');
    await page.getByRole('button', { name: 'Save to the branch' }).click();
    await page.locator('.editor [role=alert]').waitFor();
    expect(await page.locator('.editor [role=alert]').innerText()).toContain('has changed');
    expect(await box.inputValue()).toBe('mine');
    expect(await desk.text(branch, path)).toBe('theirs');
  });

  it('follow what others do, but never while somebody writes', async () => {
    const { mergeRequest, branch, path } = await desk.post('live', 'Alive.');
    const { page, wrong } = await openPage();
    await page.goto(`${desk.project}/-/merge_requests/${String(mergeRequest)}`);
    await page.locator('.editor summary').click();
    await page.getByLabel('Text of the file').fill('half a thou');
    await page.getByLabel('Comment as').fill('half a sent');
    await desk.update(branch, path, 'Rewritten by somebody else.');
    const notes = `merge_requests/${String(mergeRequest)}/notes`;
    await desk.api('developer', 'POST', notes, { body: 'From somebody else' });
    await page.locator('.note', { hasText: 'From somebody else' }).waitFor();
    expect(await page.getByLabel('Text of the file').inputValue()).toBe('half a thou');
    expect(await page.getByLabel('Comment as').inputValue()).toBe('half a sent');

    await page.reload();
    await page.locator('.editor summary').click();
    expect(await page.getByLabel('Text of the file').inputValue()).toBe(
      'Rewritten by somebody else.',
    );
    expect(wrong).toEqual([]);
  });
});
