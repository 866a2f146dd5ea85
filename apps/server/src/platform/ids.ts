import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A short name that is unique in practice and easy to say: a letter, a dash, ten characters (50 bits). */
export function newId(kind: 'c' | 'p' | 's' | 'g' | 't' | 'r' | 'v' | 'd' | 'm' | 'f' | 'x'): string {
  const body = Array.from(randomBytes(10), (byte) => ALPHABET[byte % 32]).join('');
  return `${kind}-${body}`;
}
