import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** Puts secrets where others can read: only who holds the same token can open them. */
export interface Seal {
  /** `about` says what it is; it must be the same to open it, so that one cannot be passed off as another. */
  close(plain: string, about: string): string;
  /** Undefined for what was closed with another token, or changed. */
  open(sealed: string, about: string): string | undefined;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under a key that HKDF-SHA256 (RFC 5869) makes of `token`. */
export function createSeal(token: string, random: (bytes: number) => Uint8Array): Seal {
  const key = Buffer.from(hkdfSync('sha256', token, '', 'socialpulse sealed state 1', 32));
  return {
    close(plain, about) {
      const iv = random(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return undefined;
      const iv = bytes.subarray(0, ivBytes);
      const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
      try {
        const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(about)).setAuthTag(tag);
        const body = bytes.subarray(ivBytes + tagBytes);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
