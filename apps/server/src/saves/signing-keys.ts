import { join } from 'node:path';
import { generateSigningKey } from '../git/generate-signing-key.ts';
import type { Git, SigningKey } from '../git/git.ts';
import type { SigningKeys } from './save-deps.ts';

/** The data directory's signing key, made the first time that somebody needs it. */
export function makeSigningKeys({ git, dataDirectory }: { git: Git; dataDirectory: string }): SigningKeys {
  let key: Promise<SigningKey> | null = null;
  return {
    signing: () => {
      key ??= generateSigningKey(git, join(dataDirectory, 'keys')).catch((cause: unknown) => {
        key = null;
        throw new Error('Could not make the signing key', { cause });
      });
      return key;
    },
  };
}
