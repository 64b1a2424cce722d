import { createHash } from 'node:crypto';
import { mediaFor } from '../../lib/desk/media.ts';
import { platformNamed } from '../../lib/platforms/index.ts';
import type { Media } from '../../lib/platforms/platform.ts';
import { halves } from '../draft/media/pictures.ts';
import { createTestDesk, type TestDesk } from '../scenarios/desk.ts';

/** Where networks are told that files are. */
export const base = 'https://desk.example/media';
export const photo: Uint8Array = await halves(2000, 500, '#ff0000', '#0000ff').png().toBuffer();

export const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pointer = (oid: string, size: number) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${String(size)}\n`;

/** A desk with `plain (1) ü.png`, `large.png` (the same in LFS), `gone.png` (in LFS, and lost) and `words.png`. */
export async function deskWithFiles(): Promise<TestDesk> {
  const desk = await createTestDesk({ PULSE_MEDIA_URL: base });
  const files: Record<string, Uint8Array> = {
    'content/media/plain (1) ü.png': photo,
    'content/media/large.png': Buffer.from(pointer(await upload(desk, photo), photo.length)),
    'content/media/gone.png': Buffer.from(pointer('c'.repeat(64), 12_345)),
    'content/media/words.png': Buffer.from('no image'),
  };
  const actions = Object.entries(files).map(([path, bytes]) => ({
    action: 'create' as const,
    path,
    content: Buffer.from(bytes).toString('base64'),
    encoding: 'base64' as const,
  }));
  await desk.app.desk.gitlab.commitFiles('main', actions, 'Add files');
  return desk;
}

/** As git-lfs uploads: the batch API says where to. Returns the oid. */
export async function upload({ sandbox }: TestDesk, bytes: Uint8Array): Promise<string> {
  const oid = sha(bytes);
  const auth = `Basic ${Buffer.from(`git:${sandbox.users.maintainer.token}`).toString('base64')}`;
  const objects = [{ oid, size: bytes.length }];
  const batch = await sandbox.fetch(
    `${sandbox.url}/${sandbox.project.path}.git/info/lfs/objects/batch`,
    {
      method: 'POST',
      headers: { authorization: auth, 'content-type': 'application/vnd.git-lfs+json' },
      body: JSON.stringify({ operation: 'upload', transfers: ['basic'], objects }),
    },
  );
  const said = (await batch.json()) as {
    objects: { actions: { upload: { href: string; header: Record<string, string> } } }[];
  };
  const { href, header } = said.objects[0]!.actions.upload;
  const put = { method: 'PUT', headers: header, body: new Uint8Array(bytes) };
  const answer = await sandbox.fetch(href, put);
  if (!answer.ok) throw new Error(`the upload was refused with ${String(answer.status)}`);
  return oid;
}

/** A file as Instagram is sent it: with the address it is to be fetched from. */
export function forInstagram(
  { app }: TestDesk,
  file = 'content/media/plain (1) ü.png',
  focus?: { x: number; y: number },
): Promise<Media> {
  const entry = { file, alt: 'Two colours', ...(focus && { focus }) };
  return mediaFor(app.desk, entry, platformNamed('instagram'), 'main');
}
