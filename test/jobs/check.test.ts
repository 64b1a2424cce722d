import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { simpleGit } from 'simple-git';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { film, halves } from '../draft/media/pictures.ts';

const root = join(import.meta.dirname, '../..');
let desk: string;
beforeEach(async () => {
  desk = await mkdtemp(join(tmpdir(), 'check-'));
  for (const folder of ['profiles', 'prompts'])
    await cp(join(root, folder), join(desk, folder), { recursive: true });
});
afterEach(() => rm(desk, { recursive: true }));

const put = async (path: string, text: string) => {
  await mkdir(dirname(join(desk, path)), { recursive: true });
  await writeFile(join(desk, path), text);
};
const post = (id: string, body = '## a\n\nFine.') =>
  `---\nid: ${id}\nprofile: crypto\ntargets: [outbox]\n---\n\n${body}\n`;

const run = (...args: string[]) =>
  new Promise<{ status: number; out: string }>((resolve) => {
    const program = [join(root, 'jobs/check.ts'), ...args, desk];
    execFile(process.execPath, program, (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : 0, out: out + err });
    });
  });

describe('jobs/check', () => {
  it('passes a desk that is right', async () => {
    await put('content/posts/2026/11/a.md', post('a'));
    await put('content/posts/README.md', '# Posts');
    expect(await run()).toEqual({ status: 0, out: '7 files checked: 0 errors, 0 warnings.\n' });
  });

  it('prints every problem like a compiler, and reports them to GitLab', async () => {
    await put('content/posts/2026/11/a.md', post('a', '## a\n\nHodl <b>\n\n### x\n\ny'));
    await put('content/posts/2026/11/b.md', post('a'));
    await put(
      'profiles/crypto.yaml',
      (await readFile(join(desk, 'profiles/crypto.yaml'), 'utf8')).replace('title:', 'titel:'),
    );
    await put('prompts/refine.md', '---\nschema: revision\n---\n{{nothing}}');
    const report = join(desk, 'check');
    const broken = await run('--report', report);
    expect(broken.status).toBe(1);
    expect(broken.out).toMatch(
      /^profiles\/crypto\.yaml:\d+: error: "titel" is no setting\. Expected: .*title/m,
    );
    expect(broken.out).toMatch(/^prompts\/refine\.md:4: error: \{\{nothing\}\} names nothing/m);
    const lines = broken.out.trim().split('\n');
    expect(lines.at(-1)).toBe(`8 files checked: ${String(lines.length - 1)} errors, 0 warnings.`);
    const quality = JSON.parse(
      await readFile(join(report, 'codequality.json'), 'utf8'),
    ) as object[];
    expect(quality).toHaveLength(lines.length - 1);
    expect(quality).toContainEqual({
      description: expect.stringContaining('"titel" is no setting') as string,
      check_name: 'profile',
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      severity: 'major',
      location: { path: 'profiles/crypto.yaml', lines: { begin: 4 } },
    });
    const prints = quality.map((entry) => (entry as { fingerprint: string }).fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    const junit = await readFile(join(report, 'junit.xml'), 'utf8');
    expect(junit).toContain('tests="8" failures="2"');
    expect(junit).toMatch(/<failure message="title is missing">.*&quot;titel&quot; is no setting/);
  });

  it('finds ids given twice and words for nobody', async () => {
    await put('content/posts/2026/11/a.md', post('a', '## a\n\nHodl\n\n### x\n\ny'));
    await put('content/posts/2026/11/b.md', post('a'));
    const { status, out } = await run();
    expect(status).toBe(1);
    expect(out).toMatch(/a\.md:2: error: content\/posts\/2026\/11\/b\.md has the id "a" too/);
    expect(out).toMatch(/b\.md:2: error: content\/posts\/2026\/11\/a\.md has the id "a" too/);
    expect(out).toMatch(/a\.md:9: error: the brand bans "hodl"/);
    expect(out).toMatch(/a\.md:11: error: "x" is no account/);
  });

  it('follows no link, neither to a post nor to an image', async () => {
    await put('secret.png', 'x');
    await mkdir(join(desk, 'content/media'), { recursive: true });
    await symlink('../../secret.png', join(desk, 'content/media/a.png'));
    await symlink('../..', join(desk, 'content/media/up'));
    const media =
      'media:\n  - {file: content/media/a.png, alt: x}\n  - {file: content/media/up/secret.png, alt: x}\n';
    await put('content/posts/2026/11/a.md', post('a').replace('targets', `${media}targets`));
    const { status, out } = await run();
    expect(status).toBe(1);
    expect(out).toMatch(/a\.md:5: error: there is no file content\/media\/a\.png/);
    expect(out).toMatch(/a\.md:6: error: there is no file content\/media\/up\/secret\.png/);
    expect(out).toMatch(/content\/media\/a\.png:1: error: this is a link/);
    expect(out).toMatch(/content\/media\/up:1: error: this is a link/);
  });

  it('opens every file a post names, and says which network cannot be sent it', async () => {
    const profile = await readFile(join(desk, 'profiles/crypto.yaml'), 'utf8');
    const accounts =
      "\naccounts:\n  - { name: insta, platform: instagram, user: '17841400000000000' }\n";
    await put('profiles/crypto.yaml', profile.replace('\naccounts:\n', accounts));
    const oid = 'a'.repeat(64);
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 12345\n`;
    const wide = await halves(400, 100, '#ff0000', '#0000ff').png().toBuffer();
    await mkdir(join(desk, 'content/media'), { recursive: true });
    await writeFile(join(desk, 'content/media/wide.png'), wide);
    await writeFile(join(desk, 'content/media/film.mp4'), await film({ seconds: 1 }));
    await put('content/media/large.png', pointer);
    await put('content/media/words.png', 'no image');
    const media = ['wide.png', 'film.mp4', 'large.png', 'words.png']
      .map((name) => `  - {file: content/media/${name}, alt: x}\n`)
      .join('');
    const front = post('a')
      .replace('[outbox]', '[insta]')
      .replace('---\n\n', `media:\n${media}---\n\n`);
    await put('content/posts/2026/11/a.md', front);
    const { status, out } = await run();
    expect(status).toBe(1);
    const lines = out.split('\n').filter((line) => line.includes('a.md:'));
    expect(lines).toEqual([
      expect.stringMatching(
        /a\.md:6: warning: insta wants another shape.*focus.*\[media-cropped\]/,
      ),
      expect.stringMatching(
        /a\.md:7: error: .*film\.mp4 cannot go to insta: it is 1 seconds long\. Expected: 3 to 900 seconds\. \[media-does-not-fit\]/,
      ),
      expect.stringMatching(
        /a\.md:8: error: .*large\.png cannot go to insta: it is a pointer into Git LFS.*git lfs pull/,
      ),
      expect.stringMatching(/a\.md:9: error: .*words\.png cannot go to insta: it is no image/),
    ]);
  });

  it('speaks only of posts that changed, when it is told since when', async () => {
    const git = simpleGit(desk);
    await git.init(['-b', 'main']);
    await git.addConfig('user.email', 'a@example.org').addConfig('user.name', 'A');
    await put('content/posts/2025/01/old.md', post('old', '## a\n\nHodl'));
    await git.add('.').commit('one');
    const since = (await git.revparse(['HEAD'])).trim();
    await put('content/posts/2026/11/new.md', post('new', '## a\n\nHodl'));
    await git.add('.').commit('two');
    await put('content/posts/2026/11/newer.md', post('old'));
    const { status, out } = await run('--since', since);
    expect(status).toBe(1);
    expect(out).toContain('new.md:9: error: the brand bans "hodl"');
    expect(out).toContain('newer.md:2: error: content/posts/2025/01/old.md has the id "old" too');
    expect(out).not.toMatch(/^content\/posts\/2025/m);
    expect((await run('--since', '')).out).toMatch(/^content\/posts\/2025/m);
  });

  it('says what it cannot do', async () => {
    expect((await run('--nonsense')).status).toBe(2);
    expect((await run('--since', 'abc')).status).toBe(2);
  });
});
