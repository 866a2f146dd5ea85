import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { GitFault } from './git-fault.ts';

/** Begins an ed25519 key in PKCS #8, which ends with its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const MAGIC = 'openssh-key-v1\0';
const LINE = 70;

/** An ed25519 key as OpenSSH keeps it. */
export interface SshKey {
  readonly secret: KeyObject;
  /** The public half, as it stands in a signature. */
  readonly shared: Buffer;
}

/** Reads a private key file as `ssh-keygen -t ed25519 -N ''` writes it; any other kind throws. */
export function parseSshKey(text: string): SshKey {
  const bytes = Buffer.from(text.replaceAll(/-----[A-Z ]+-----/g, ''), 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) throw notOurs();
  const [cipher, , , shared, secrets] = readStrings(bytes, MAGIC.length, [0, 0, 0, 4, 0]);
  if (cipher?.toString() !== 'none' || shared === undefined || secrets === undefined) throw notOurs();
  const [type, , pair] = readStrings(secrets, 0, [8, 0, 0]);
  if (type?.toString() !== 'ssh-ed25519' || pair?.length !== 64) throw notOurs();
  const key = Buffer.concat([PKCS8, pair.subarray(0, 32)]);
  return { secret: createPrivateKey({ key, format: 'der', type: 'pkcs8' }), shared };
}

/**
 * Signs as `ssh-keygen -Y sign -n git` does, byte for byte: ed25519 leaves nothing to chance.
 *
 * Two processes for each commit of a Save would cost more than the merges themselves.
 */
export function signAsGit({ secret, shared }: SshKey, payload: Uint8Array): string {
  const common = [string('git'), string(''), string('sha512')];
  const digest = createHash('sha512').update(payload).digest();
  const signature = sign(null, Buffer.concat([Buffer.from('SSHSIG'), ...common, string(digest)]), secret);
  const blob = Buffer.concat([
    Buffer.from('SSHSIG\0\0\0\x01'),
    string(shared),
    ...common,
    string(Buffer.concat([string('ssh-ed25519'), string(signature)])),
  ]).toString('base64');
  const lines = blob.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

/** Fields that each begin with their length, after as many bytes as `skips` says. */
function readStrings(bytes: Buffer, from: number, skips: readonly number[]): Buffer[] {
  let at = from;
  return skips.map((skip) => {
    const start = at + skip + 4;
    at = start + (start <= bytes.length ? bytes.readUInt32BE(start - 4) : 0);
    if (start > bytes.length || at > bytes.length) throw notOurs();
    return bytes.subarray(start, at);
  });
}

function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function notOurs(): GitFault {
  return new GitFault('Could not read the signing key: it is not an ed25519 key without a passphrase');
}
