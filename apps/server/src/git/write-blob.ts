import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** Writes a blob and gives its name. */
export async function writeBlob(repository: Repository, content: Uint8Array): Promise<Oid> {
  const { stdout } = await repository.git.plumbing({
    purpose: 'write a blob',
    gitDir: repository.gitDir,
    args: ['hash-object', '-w', '--stdin', '--no-filters'],
    input: content,
  });
  return stdout.toString('latin1').trim();
}
