import type { MarkdownIt } from 'markdown-it';
import { raw } from 'hono/html';
import { gitlabRules } from './markdown-rules.ts';
import type { Html } from './html.ts';

/** What a text's links are relative to. */
export interface Place {
  projectPath: string;
  /** Address of a file named in the text; for texts that stand in a file of the repository. */
  file?: (path: string) => string;
}

const ours = /^(localhost|127(\.\d+){3}|\[::1\]|gitlab\.sandbox)$/;

/**
 * Address as it may stand in a page, or undefined when nobody should follow it. Addresses of this sandbox lose their
 * origin: the port changes from one start to the next, texts stay.
 */
export function safeAddress(address: string, place: Place): string | undefined {
  const trimmed = address.trim();
  if (/^[#/](?!\/)/.test(trimmed) && !trimmed.startsWith('/\\')) return trimmed;
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    const relative = /^[\w.][\w./%#?=-]*$/.test(trimmed);
    return relative ? (place.file?.(trimmed) ?? trimmed) : undefined;
  }
  if (url.protocol === 'mailto:') return url.href;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  const known = url.pathname.startsWith(`/${place.projectPath}/`) || url.pathname === '/outbox';
  return ours.test(url.hostname) && known ? url.pathname + url.search + url.hash : url.href;
}

let loaded: Promise<MarkdownIt> | undefined;

async function load(): Promise<MarkdownIt> {
  const { default: create } = await import('markdown-it');
  const markdown = create({ html: false, linkify: true, breaks: false });
  gitlabRules(markdown);
  markdown.validateLink = (address) => !/^(javascript|vbscript|data|file):/i.test(address.trim());
  const { rules } = markdown.renderer;
  rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const address = token?.attrGet('href');
    if (token === undefined || address === null || address === undefined)
      return self.renderToken(tokens, index, options);
    const safe = safeAddress(String(address), env as unknown as Place);
    token.attrSet('href', safe ?? '#');
    if (safe !== undefined && /^https?:/.test(safe))
      token.attrSet('rel', 'nofollow noopener noreferrer');
    return self.renderToken(tokens, index, options);
  };
  // Images of others are not loaded: looking at a page must not tell anyone.
  rules.image = (tokens, index, _options, env) => {
    const token = tokens[index];
    const escape = markdown.utils.escapeHtml;
    const safe = safeAddress(String(token?.attrGet('src') ?? ''), env as unknown as Place);
    const alt = escape(token?.content ?? '');
    if (safe === undefined) return alt;
    return /^https?:/.test(safe)
      ? `<a href="${escape(safe)}" rel="nofollow noopener noreferrer">Image: ${alt || 'image'}</a>`
      : `<img src="${escape(safe)}" alt="${alt}" loading="lazy">`;
  };
  rules.table_open = () => '<div class="table" tabindex="0"><table>';
  rules.table_close = () => '</table></div>';
  return markdown;
}

/** Markdown of people and machines as harmless HTML. Nothing of the text reaches the page but through markdown-it. */
export async function prose(text: string, place: Place): Promise<Html> {
  const markdown = await (loaded ??= load());
  const env = { ...place, base: `/${place.projectPath}/-` };
  return raw(markdown.render(text, env));
}
