export type Flavour = 'slack' | 'mattermost';

export interface Notice {
  text: string;
  url?: string;
}

/** Slack's documentation: longer texts than this are better split; 40,000 are cut. */
const most = 4000;

/** What a webhook is sent for words that shall stand as they are, and an address below them. */
export function compose({ text, url }: Notice, flavour: Flavour): { text: string } {
  const words = cut(text.trim());
  const shown = flavour === 'slack' ? slackText(words) : mattermostText(words);
  return { text: url === undefined ? shown : `${shown}\n${linkTo(url, flavour)}` };
}

/** Slack's three signs; without them nothing calls a channel, a group or a person. */
const slackText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Backslashes before all that Mattermost's Markdown has a use for; a zero width space keeps `@` from calling anybody. */
const mattermostText = (text: string) =>
  text.replace(/[\\`*_{}[\]()#+\-.!|<>~:]/g, '\\$&').replace(/@(?=\w)/g, '@\u200B');

function linkTo(url: string, flavour: Flavour): string {
  const safe = url.replace(/[<>|()\s]/g, (sign) => encodeURIComponent(sign).replace(/[()]/g, hex));
  return flavour === 'slack' ? `<${safe.replaceAll('&', '&amp;')}>` : `<${safe}>`;
}

const hex = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;

function cut(text: string): string {
  const points = Array.from(text);
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}
