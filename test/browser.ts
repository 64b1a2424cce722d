import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findProgram, program } from './shared.ts';

const quiet = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome'];
let running: Promise<Browser> | undefined;

/**
 * A page of a real headless Chromium that knows nothing of earlier ones, and the words of everything that went wrong
 * in it. Called within a test: where Chromium is missing that test is skipped by name, in CI it fails.
 */
export async function openPage(
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; wrong: string[] }> {
  const executablePath = program(...names);
  running ??= chromium.launch({ executablePath, args: quiet });
  const context = await (await running).newContext(options);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  return { page, context, wrong };
}

/** Whether tests with a browser can run; for set-up that is of use to them alone. */
export const hasBrowser = (): boolean => findProgram(...names) !== undefined;

/** Ends the browser; call it after all tests of a file. */
export async function closeBrowser(): Promise<void> {
  await (await running)?.close();
  running = undefined;
}

/** By how many pixels the page is wider than its window; 0 when nothing sticks out. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
