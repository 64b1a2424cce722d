/** What Git keeps in the place of a file that lies in LFS (git-lfs, docs/spec.md). */
export interface Pointer {
  /** SHA-256 of the file, hex. */
  oid: string;
  /** Bytes. */
  size: number;
}

/** Pointers are shorter than this, bytes. */
export const pointerBytes = 1024;

/** The pointer that these bytes are, if they are one. */
export function pointerIn(bytes: Uint8Array): Pointer | undefined {
  if (bytes.length >= pointerBytes) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if (!/^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\/v1\n/.test(text))
    return undefined;
  const oid = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return oid === undefined || size === undefined ? undefined : { oid, size: Number(size) };
}

/**
 * Media type by how the bytes begin; undefined for everything this desk does not send. What a file's name says is no
 * proof, and no decoder is handed anything else (SVG and PDF can reach out).
 */
export function kindOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096));
  const at = (offset: number, text: string) =>
    head.subarray(offset, offset + text.length).equals(Buffer.from(text, 'latin1'));
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (at(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) return 'image/gif';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp';
  if (at(4, 'ftyp')) {
    const brand = head.subarray(8, 12).toString('latin1');
    if (/^(?:avi[fs]|hei[cfmsx]|mif1|msf1|hev[cmx])$/.test(brand)) return undefined;
    return brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
  }
  if (at(4, 'moov') || at(4, 'wide')) return 'video/quicktime';
  if (at(0, '\x1a\x45\xdf\xa3') && head.includes('webm')) return 'video/webm';
  return undefined;
}

export const isVideo = (type: string): boolean => type.startsWith('video/');

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

/** `chart.png` sent as a JPEG is `chart.jpg`. */
export function nameFor(name: string, type: string): string {
  const ending = endings[type];
  if (ending === undefined) return name;
  const [stem = name, old = ''] = /^(.*)\.([^.]+)$/.exec(name)?.slice(1) ?? [];
  const same = old.toLowerCase() === ending || (ending === 'jpg' && /^jpe?g$/i.test(old));
  return same ? name : `${stem}.${ending}`;
}
