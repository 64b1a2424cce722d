import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Marks texts that go through others' hands, so that whoever holds the same token knows them again. */
export interface Signer {
  /** URL-safe. */
  sign(text: string): string;
  /** Takes as long for a wrong mark as for a right one. */
  isSigned(text: string, mark: string): boolean;
}

/** HMAC-SHA256 under a key that HKDF-SHA256 (RFC 5869) makes of `token`. */
export function createSigner(token: string): Signer {
  const key = Buffer.from(hkdfSync('sha256', token, '', 'socialpulse signed addresses 1', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => sign(text).toString('base64url'),
    isSigned(text, mark) {
      const given = Buffer.from(mark, 'base64url');
      const right = sign(text);
      return given.length === right.length && timingSafeEqual(given, right);
    },
  };
}
