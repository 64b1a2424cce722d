import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { fail } from '../errors.ts';

/** Small enough for a bounded memory, large enough that the pieces' own cost does not show. */
const chunkSize = 256 * 1024;

/**
 * The bytes of a file, unzipped when it begins as gzip does, whatever its name. What was unzipped is given out before an
 * error: INPUT_UNREADABLE for a missing file, a folder, and gzip data that ends early or is damaged.
 */
export async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    await using file = await open(path);
    if ((await file.stat()).isDirectory())
      throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    const zipped = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    const source = file.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false });
    yield* zipped ? unzip(source) : source;
  } catch (error) {
    throw fail('INPUT_UNREADABLE', unreadable(path, error), error);
  }
}

/** Not `for await` over the stream: that drops what was unzipped before an error. */
async function* unzip(source: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize });
  const ready: Uint8Array[] = [];
  const state: { over: boolean; error?: unknown } = { over: false };
  let wake: () => void = () => undefined;
  const end = (reason?: unknown) => {
    state.error ??= reason;
    state.over = true;
    wake();
  };
  source.on('error', end);
  gunzip.on('error', end).on('end', () => end());
  gunzip.on('data', (chunk: Uint8Array) => {
    ready.push(chunk);
    gunzip.pause();
    wake();
  });
  source.pipe(gunzip);
  try {
    for (;;) {
      const chunk = ready.shift();
      if (chunk !== undefined) yield chunk;
      else if (state.over) break;
      else {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        gunzip.resume();
        await woken;
      }
    }
    if (state.error !== undefined) throw state.error as Error;
  } finally {
    gunzip.destroy();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'reading it is not allowed',
  Z_BUF_ERROR: 'its gzip data ends too early',
  Z_DATA_ERROR: 'its gzip data is damaged',
};

function unreadable(file: string, error: unknown) {
  const code = (error as { code?: unknown }).code;
  const message = error instanceof Error ? error.message : String(error);
  return { file, why: (typeof code === 'string' ? reasons[code] : undefined) ?? message };
}
