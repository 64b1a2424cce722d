import { type Clock, systemClock } from '../clock.ts';
import { createSend } from './request.ts';
import { createResources } from './resources.ts';

export interface GitLabOptions {
  /** Address with its sub-path, if any, e.g. `https://host/gitlab`. */
  url: string;
  /** Path (`group/desk`) or number. */
  project: string;
  token: string;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  /** How long one request may take, ms. */
  timeout?: number;
}

/** What every group of functions is built on: one project on one GitLab, as one account. */
export function connect(options: GitLabOptions) {
  const { url, project, token, timeout = 30_000 } = options;
  const { fetch = globalThis.fetch, clock = systemClock } = options;
  const send = createSend({ url, token, fetch, clock, timeout });
  return { project, clock, send, resources: createResources(send) };
}
