import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

export type Kind = 'blob' | 'tree' | 'commit' | 'tag';
export interface Entry {
  name: string;
  mode: string;
  sha: string;
}
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
}
/** `at` in ms UTC. */
export interface Signature {
  name: string;
  email: string;
  at: number;
}

const squeeze = promisify(deflate);
let written = 0;

/** Writes an object as git does, unless it is there; its name. */
export async function writeObject(folder: string, kind: Kind, body: Buffer): Promise<string> {
  const whole = Buffer.concat([Buffer.from(`${kind} ${String(body.length)}\0`), body]);
  const sha = createHash('sha1').update(whole).digest('hex');
  const place = join(folder, 'objects', sha.slice(0, 2));
  const path = join(place, sha.slice(2));
  if (existsSync(path)) return sha;
  await mkdir(place, { recursive: true });
  written += 1;
  const draft = join(place, `tmp_obj_${String(process.pid)}_${String(written)}`);
  await writeFile(draft, await squeeze(whole, { level: 1 }), { mode: 0o444 });
  await rename(draft, path);
  return sha;
}

export function parseTree(body: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < body.length;) {
    const space = body.indexOf(0x20, at);
    const end = body.indexOf(0, space);
    entries.push({
      mode: body.toString('latin1', at, space),
      name: body.toString('utf8', space + 1, end),
      sha: body.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

export const isTree = (entry: Entry) => entry.mode === '40000';

/** In the order of git, which sorts folders as if their names ended in a slash. */
export function sortTree(entries: readonly Entry[]): Entry[] {
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(isTree(entry) ? `${entry.name}/` : entry.name),
  }));
  keyed.sort((a, b) => Buffer.compare(a.key, b.key));
  return keyed.map(({ entry }) => entry);
}

/** `entries` sorted. */
export function formatTree(entries: readonly Entry[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => [
      Buffer.from(`${entry.mode} ${entry.name}\0`),
      Buffer.from(entry.sha, 'hex'),
    ]),
  );
}

function parseSignature(line: string): Signature {
  const found = /^(.*) <([^>]*)> (\d+)/.exec(line);
  return { name: found?.[1] ?? '', email: found?.[2] ?? '', at: Number(found?.[3] ?? 0) * 1000 };
}

export function parseCommit(sha: string, body: Buffer): Commit {
  const whole = body.toString('utf8');
  const split = whole.indexOf('\n\n');
  const lines = whole.slice(0, split).split('\n');
  const first = (name: string) =>
    lines.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1) ?? '';
  return {
    sha,
    tree: first('tree'),
    parents: lines.flatMap((line) => (line.startsWith('parent ') ? [line.slice(7)] : [])),
    author: parseSignature(first('author')),
    committer: parseSignature(first('committer')),
    message: split < 0 ? '' : whole.slice(split + 2),
  };
}

/** Names in commits hold no brackets and no line ends. */
const clean = (value: string) => value.replaceAll(/[<>\n\0]/g, '').trim() || 'unknown';

export function formatCommit(commit: Omit<Commit, 'sha'>): Buffer {
  const sign = ({ name, email, at }: Signature) =>
    `${clean(name)} <${clean(email)}> ${String(Math.floor(at / 1000))} +0000`;
  return Buffer.from(
    [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${sign(commit.author)}`,
      `committer ${sign(commit.committer)}`,
      '',
      commit.message,
    ].join('\n'),
  );
}
