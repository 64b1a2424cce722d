import { fail } from '../errors.ts';
import { absent, refused } from './answers.ts';
import type { Call, Send } from './request.ts';
import type { Loaded } from './resources.ts';
import { narrow, object, text } from './shapes.ts';

const contentShape = object(
  (field) => new Uint8Array(Buffer.from(field('content', text), 'base64')),
);

/** What a file holds, without its bytes. */
export interface FileFacts {
  /** SHA-256 of its bytes as git has them, hex; of the pointer when it lies in LFS. */
  sha256: string;
  size: number;
}

/** Files that may be large: asked about without their bytes, and read with them. */
export function createFiles(project: string, resources: Loaded, send: Send) {
  const call = (method: 'GET' | 'HEAD', path: string, ref: string, more: string): Call => ({
    method,
    path: `projects/${encodeURIComponent(project)}/repository/files/${encodeURIComponent(path)}${more}`,
    query: new URLSearchParams({ ref }).toString(),
  });
  /** After a 404 that may mean the file, its branch, the project or an object of LFS: what the file itself says. */
  const ask = async (error: unknown, path: string, ref: string): Promise<unknown> => {
    if (refused(error)?.status !== 404) throw error;
    const { files } = await resources();
    return absent(files.show(project, path, ref));
  };
  return {
    async fileFacts(path: string, ref: string): Promise<FileFacts | undefined> {
      const asked = call('HEAD', path, ref, '');
      try {
        const { headers } = await send(asked);
        const sha256 = headers.get('x-gitlab-content-sha256') ?? '';
        const size = Number(headers.get('x-gitlab-size') ?? NaN);
        if (/^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size)) return { sha256, size };
      } catch (error) {
        if ((await ask(error, path, ref)) === undefined) return undefined;
        throw error;
      }
      const problems = 'no hash and size in its headers';
      throw fail('GITLAB_UNEXPECTED', { call: 'HEAD /repository/files', problems });
    },

    /** The bytes of a file; of what it points to when it lies in LFS, of the pointer when that is not there. */
    async readWhole(path: string, ref: string): Promise<Uint8Array | undefined> {
      const asked = call('GET', path, ref, '/raw');
      try {
        const { body } = await send({
          ...asked,
          query: `${asked.query ?? ''}&lfs=true`,
          bytes: true,
        });
        return body as Uint8Array;
      } catch (error) {
        const found = await ask(error, path, ref);
        if (found === undefined) return undefined;
        return narrow('GET /repository/files', contentShape, found);
      }
    },
  };
}
