import { readFile } from 'node:fs/promises';
import type { SigningKey } from './git.ts';
import { parseSshKey, type SshKey } from './ssh-signature.ts';

/** By the key itself, so that whoever lets go of it lets go of the secret: a Save signs dozens of commits with one. */
const known = new WeakMap<SigningKey, Promise<SshKey>>();

/** The private half of a key, read once for as long as somebody holds the key. */
export function readSecret(key: SigningKey): Promise<SshKey> {
  const reading = known.get(key) ?? readFile(key.privateKey, 'utf8').then(parseSshKey);
  known.set(key, reading);
  // A file that could not be read may be there the next time.
  reading.catch(() => known.delete(key));
  return reading;
}
