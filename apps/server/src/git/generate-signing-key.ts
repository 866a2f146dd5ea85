import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Git, type SigningKey, THALOGOS_EMAIL } from './git.ts';

/** The ed25519 key in this directory that signs commits and tags; made at the first call, the same ever after. */
export async function generateSigningKey(git: Git, directory: string): Promise<SigningKey> {
  const privateKey = join(directory, 'signing_ed25519');
  const allowedSigners = join(directory, 'allowed_signers');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (!(await exists(`${privateKey}.pub`))) {
    await git.plumbing({
      purpose: 'make a signing key',
      program: 'ssh-keygen',
      args: ['-q', '-t', 'ed25519', '-N', '', '-C', 'thalogos', '-f', privateKey],
      // Asked whether to overwrite a half-made key, it is told yes.
      input: Buffer.from('y\n'),
      writes: directory,
    });
  }
  await chmod(privateKey, 0o600);
  const publicKey = (await readFile(`${privateKey}.pub`, 'utf8')).trim();
  await writeFile(allowedSigners, `${THALOGOS_EMAIL} namespaces="git" ${publicKey}\n`, { mode: 0o600 });
  return { privateKey, publicKey, allowedSigners };
}

async function exists(path: string): Promise<boolean> {
  try {
    await readFile(path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw new Error(`Could not read ${path}`, { cause });
  }
}
