import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret of 32 random bytes, written so that it fits in a URL's fragment, a header and a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is compared and shown in place of a secret: its sha256, in hexadecimal. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether two secrets are the same, in a time that says nothing about where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  // Digests have one length, which timingSafeEqual asks for, and hide the length of what was sent.
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** The value of a browser's cookie: it follows from the token, so it outlives a restart and dies with the token. */
export function cookieValueOf(token: string): string {
  return createHmac('sha256', token).update('thalogos cookie').digest('base64url');
}
