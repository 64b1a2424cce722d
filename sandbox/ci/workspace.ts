import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Pipeline } from '../model-pipelines.ts';
import { pathOf } from '../model.ts';
import type { Project, Token } from '../model.ts';
import { rulesOf } from '../permissions.ts';
import { addToken, userOf, webUrl } from '../world.ts';
import type { World } from '../world.ts';

const require = createRequire(import.meta.url);

/** The program that runs the jobs; undefined when it is not installed. */
export function findProgram(): string | undefined {
  try {
    return join(dirname(require.resolve('gitlab-ci-local/package.json')), 'dist/index.js');
  } catch {
    return undefined;
  }
}

/** The packages this program itself runs with, as an image of jobs would bring them along. */
async function lendPackages(folder: string): Promise<void> {
  const one = require.resolve('hono');
  const packages = one.slice(0, one.lastIndexOf('/node_modules/') + '/node_modules'.length);
  const place = join(folder, 'node_modules');
  if (!existsSync(place)) await symlink(packages, place).catch(() => undefined);
}

export interface Workspace {
  /** Top of the clone. */
  folder: string;
  arguments: string[];
  token: Token;
}

/** A fresh clone at the pipeline's commit, with its variables beside it. */
export async function prepare(
  world: World,
  project: Project,
  pipeline: Pipeline,
  top: string,
): Promise<Workspace> {
  await mkdir(top, { recursive: true });
  await lendPackages(top);
  const folder = join(top, String(pipeline.id));
  const { git } = world;
  const bare = world.repo(project).folder;
  await git.text(['clone', '--quiet', '--no-checkout', bare, folder]);
  const at = { cwd: folder };
  await git.text(['checkout', '--quiet', '-B', pipeline.ref, pipeline.sha], at);
  const token = addToken(world, {
    name: `job of pipeline ${String(pipeline.id)}`,
    userId: pipeline.userId,
    scopes: ['read_api', 'read_repository'],
    projectId: project.id,
    job: true,
  });
  const address = `${webUrl(world, project)}.git`;
  const own = address.replace('://', `://gitlab-ci-token:${token.value}@`);
  await git.text(['remote', 'set-url', 'origin', own], at);
  // Read first by gitlab-ci-local; it prints what it reads.
  await git.text(['remote', 'add', 'gcl-origin', address], at);
  const known = predefined(world, project, pipeline);
  const file = `${folder}.variables.yml`;
  const secrets = { ...variablesFor(project, pipeline), CI_JOB_TOKEN: token.value };
  await writeFile(file, stringify(secrets), { mode: 0o600 });
  return {
    folder,
    token,
    arguments: [
      ...Object.entries(known).flatMap(([key, value]) => ['--variable', `${key}=${value}`]),
      '--ignore-predefined-vars',
      [...Object.keys(known), 'CI_JOB_TOKEN'].join(','),
      '--variables-file',
      `../${String(pipeline.id)}.variables.yml`,
    ],
  };
}

/** The project's variables, protected ones on protected branches only, then the pipeline's own. */
function variablesFor(project: Project, pipeline: Pipeline): Record<string, string> {
  const trusted = rulesOf(project, pipeline.ref).length > 0;
  const own = project.variables.filter(
    (each) => each.scope === '*' && (trusted || !each.protected),
  );
  return Object.fromEntries(
    [...own, ...pipeline.variables].map(({ key, value, raw }) => [
      key,
      raw ? value.replaceAll('$', '$$$$') : value,
    ]),
  );
}

function predefined(world: World, project: Project, pipeline: Pipeline): Record<string, string> {
  const user = userOf(world, pipeline.userId);
  const url = webUrl(world, project);
  const address = new URL(world.url);
  return {
    CI_PIPELINE_SOURCE: pipeline.source,
    CI_PIPELINE_ID: String(pipeline.id),
    CI_PIPELINE_IID: String(pipeline.iid),
    CI_PIPELINE_URL: `${url}/-/pipelines/${String(pipeline.id)}`,
    CI_API_V4_URL: `${world.url}/api/v4`,
    CI_SERVER_URL: world.url,
    CI_SERVER_HOST: address.hostname,
    CI_PROJECT_ID: String(project.id),
    CI_PROJECT_PATH: pathOf(project),
    CI_PROJECT_URL: url,
    CI_DEFAULT_BRANCH: project.defaultBranch,
    CI_COMMIT_REF_PROTECTED: String(rulesOf(project, pipeline.ref).length > 0),
    GITLAB_USER_LOGIN: user.username,
    GITLAB_CI: 'true',
  };
}
