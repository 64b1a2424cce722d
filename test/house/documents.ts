import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../lib/catalogue.ts';
import { platforms } from '../../lib/platforms/index.ts';
import type { Platform } from '../../lib/platforms/platform.ts';
import { tokenVariables } from '../../lib/tokens/held.ts';
import { namesSecret, type Variable, variables } from '../../lib/variables.ts';
import { platformsPage } from './platforms-page.ts';
import { top } from './source.ts';

/** Variables of a network: what it asks for, and what a sign-in with OAuth stores or needs. Each once. */
export const variablesOf = ({ name, credentials, oauth }: Platform): readonly string[] => [
  ...new Set([
    ...credentials,
    ...(oauth ? Object.values<string>({ ...tokenVariables(name) }) : []),
  ]),
];

/** Pages that are made from the code; `npm run docs` writes them and a test holds them equal. */
export const documents: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/errors.md': errorsPage,
  'docs/configuration.md': configurationPage,
  'docs/platforms.md': platformsPage,
};

function errorsPage(): string {
  // A detail stands in the text as its name, e.g. `<call>`.
  const details = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
  const sections = Object.entries(catalogue).map(([code, entry]) => {
    const what = (entry.what as (d: object) => string)(details).replace(/:\n/, ': ');
    const remedy = (entry.remedy as (d: object) => string)(details);
    const again = entry.retryable
      ? 'Trying again can help; the machine does.'
      : 'Trying again does not help.';
    return `## ${code}\n\n${escape(what)}\n\n**What to do:** ${escape(remedy)}\n\n${again}\n`;
  });
  return `# Errors

Everything that can go wrong has a code that never changes, says what happened and what to do. \`<words>\` stand for what
differs from case to case. Stack traces are shown with \`LOG_LEVEL=debug\` only; secrets never.

This page is made from \`lib/errors.ts\` by \`npm run docs\`.

${sections.join('\n')}`;
}

function configurationPage(): string {
  const own = Object.entries<Variable>(variables);
  const credentials = Object.values(platforms).flatMap((platform) =>
    variablesOf(platform).map((name): [string, Variable] => [
      name,
      {
        what: `Credentials of ${platform.name}.`,
        unset: `nothing is published on ${platform.name}`,
        ...(namesSecret(name) && { secret: true as const }),
      },
    ]),
  );
  const row = ([name, variable]: [string, Variable]) =>
    `| \`${name}\` | ${variable.what} | ${variable.unset} | ${variable.secret ? 'yes' : ''} |`;
  return `# Configuration

Everything is set by variables: of the environment, or of the project under Settings > CI/CD > Variables. One that is
empty counts as not set. What is wrong or missing is named all at once (\`CONFIG_INVALID\`). Make secrets masked and
protected, not hidden: a hidden variable cannot be read back to be renewed.

What is about the posts (topics, voice, accounts, who may approve) stands in \`profiles/*.yaml\`, not here.

| variable | what it does | when it is not set | secret |
|---|---|---|---|
${own.map(row).join('\n')}

## Credentials of the networks

| variable | what it does | when it is not set | secret |
|---|---|---|---|
${credentials.map(row).join('\n')}

## In \`.gitlab-ci.yml\`

| variable | what it does |
|---|---|
| \`PULSE_JOB\` | Set on a pipeline schedule: the one job it runs, e.g. \`ingest\`; \`tick\`, which runs whatever is due, when not set. |
| \`PULSE_INPUT\` | Set on a pipeline schedule: an archive to read instead of the networks. |

This page is made from \`lib/variables.ts\` and the platforms by \`npm run docs\`.
`;
}

const escape = (text: string) => text.replaceAll('<', '\\<');

if (import.meta.main)
  for (const [path, page] of Object.entries(documents))
    writeFileSync(join(top, path), await page());
