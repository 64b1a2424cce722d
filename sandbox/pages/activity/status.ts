import { html } from 'hono/html';
import type { Html } from '../view/html.ts';

const looks: Readonly<Record<string, string>> = {
  success: 'merged',
  failed: 'closed',
  running: 'open',
  pending: 'draft',
  created: 'draft',
};

/** How a pipeline or job stands, in colour and in words. */
export const pipelineStatus = (status: string): Html =>
  html`<span class="badge ${looks[status] ?? 'draft'}">${status.replaceAll('_', ' ')}</span>`;
