import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeMessage, readTrailers } from './commit-message.ts';
import { commitTree } from './commit-tree.ts';
import { createTagObject } from './create-tag-object.ts';
import { fsck } from './fsck.ts';
import { generateSigningKey } from './generate-signing-key.ts';
import type { Repository, SigningKey } from './git.ts';
import { listRefs } from './list-refs.ts';
import { logCommits } from './log-commits.ts';
import { resolveRef } from './resolve-ref.ts';
import { syncRefs } from './sync-refs.ts';
import { startTestGit, type TestGit } from './test-git.ts';
import { updateRefs } from './update-refs.ts';
import { verifySignature } from './verify-signature.ts';

const AGENT = { name: 'Codex', email: 'codex@localhost', at: 1_700_000_000_000 };
const THALOGOS = { name: 'Thalogos', email: 'thalogos@localhost', at: 1_700_000_001_999 };

let test: TestGit;
let made: TestRepository;
let repository: Repository;
let key: SigningKey;
let base: string;
let tree: string;

beforeAll(async () => {
  test = await startTestGit();
  made = await makeRepository();
  await made.git('config', 'user.name', 'Somebody Else');
  await made.git('config', 'commit.gpgSign', 'true');
  repository = { git: test.git, gitDir: made.gitDir };
  key = await generateSigningKey(test.git, join(test.dataDirectory, 'keys'));
  base = await made.oid();
  tree = await made.oid('HEAD^{tree}');
});

afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await made[Symbol.asyncDispose]();
});

const parts = () => ({
  tree,
  parents: [base],
  author: AGENT,
  committer: THALOGOS,
  message: 'Work',
  trailers: [{ key: 'Thalogos-Task', value: 't-1' }],
});

describe('the signing key', () => {
  it('is private, and the same at every call', async () => {
    expect((await stat(key.privateKey)).mode & 0o777).toBe(0o600);
    expect(await generateSigningKey(test.git, join(test.dataDirectory, 'keys'))).toEqual(key);
  });
});

describe('a commit', () => {
  it('is by exactly who it is said to be, whatever the repository is configured for', async () => {
    const oid = await commitTree(repository, parts());
    const [commit] = await logCommits(repository, { from: oid, limit: 1 });
    expect(commit).toMatchObject({
      author: AGENT,
      committer: { ...THALOGOS, at: 1_700_000_001_000 },
      parents: [base],
      tree,
      message: 'Work\n\nThalogos-Task: t-1',
    });
    expect(
      await verifySignature(repository, { oid, type: 'commit', allowedSigners: key.allowedSigners }),
    ).toEqual({ kind: 'unsigned' });
  });

  it('is the same object when it is made again, signature included', async () => {
    const signed = { ...parts(), key };
    expect(await commitTree(repository, signed)).toBe(await commitTree(repository, signed));
  });

  it('is byte for byte what git commit-tree makes, signed by ssh-keygen', async () => {
    for (const [signing, parents] of [
      [undefined, [base]],
      [key, [base, base]],
      [key, []],
    ] as const) {
      const ours = await commitTree(repository, {
        ...parts(),
        parents,
        message: `Größe ✓ ${'long '.repeat(100)}\n\nmore`,
        key: signing,
      });
      const message = await made.git('cat-file', 'commit', ours);
      const sign = signing === undefined ? ['--no-gpg-sign'] : [`--gpg-sign=${signing.privateKey}`];
      const theirs = await test.git.plumbing({
        purpose: 'compare',
        gitDir: made.gitDir,
        args: [
          ...['-c', 'gpg.format=ssh', '-c', 'gpg.ssh.program=ssh-keygen', 'commit-tree', ...sign],
          ...parents.flatMap((parent) => ['-p', parent]),
          ...['-F', '-', tree],
        ],
        input: Buffer.from(`${message.slice(message.indexOf('\n\n') + 2)}\n`),
        environment: {
          ...{
            GIT_AUTHOR_NAME: AGENT.name,
            GIT_AUTHOR_EMAIL: AGENT.email,
            GIT_AUTHOR_DATE: '@1700000000 +0000',
          },
          ...{ GIT_COMMITTER_NAME: THALOGOS.name, GIT_COMMITTER_EMAIL: THALOGOS.email },
          GIT_COMMITTER_DATE: '@1700000001 +0000',
        },
      });
      expect(ours).toBe(theirs.stdout.toString().trim());
    }
  });

  it('is not made of a tree or a parent that is not there', async () => {
    const absent = '0123456789'.repeat(4);
    await expect(commitTree(repository, { ...parts(), tree: absent })).rejects.toThrow(
      `${absent} is not a tree`,
    );
    await expect(commitTree(repository, { ...parts(), parents: [absent] })).rejects.toThrow(
      'is not a commit',
    );
    await expect(commitTree(repository, { ...parts(), tree: base })).rejects.toThrow(`${base} is not a tree`);
  });

  it('verifies against our key and not against another', async () => {
    const oid = await commitTree(repository, { ...parts(), key });
    const other = await generateSigningKey(test.git, join(test.dataDirectory, 'other-keys'));
    expect(
      await verifySignature(repository, { oid, type: 'commit', allowedSigners: key.allowedSigners }),
    ).toMatchObject({ kind: 'good', signer: 'thalogos@localhost' });
    expect(
      (await verifySignature(repository, { oid, type: 'commit', allowedSigners: other.allowedSigners })).kind,
    ).toBe('unknown-key');
  });

  it('of a machine whose clock is before 1970 still passes fsck', async () => {
    const early = { ...AGENT, at: -5_000_000_000 };
    const oid = await commitTree(repository, { ...parts(), author: early, committer: early });
    expect(await updateRefs(repository, [{ ref: 'refs/heads/early', from: null, to: oid }], 'test')).toEqual({
      kind: 'updated',
    });
    expect(await fsck(repository, 'strict')).toEqual({ kind: 'sound' });
  });

  it('survives names with control characters, brackets and nothing at all', async () => {
    const oid = await commitTree(repository, {
      ...parts(),
      author: { name: 'Evil\n<x> ', email: 'a\nb@c>', at: 0 },
      committer: { name: '', email: '', at: 0 },
    });
    const [commit] = await logCommits(repository, { from: oid, limit: 1 });
    expect([commit?.author, commit?.committer]).toEqual([
      { name: 'Evil x', email: 'ab@c', at: 0 },
      { name: 'unknown', email: 'unknown@localhost', at: 0 },
    ]);
  });
});

describe('a message', () => {
  it('ends in one block of trailers that a text cannot forge', () => {
    const message = composeMessage('Work\n\nThalogos-Task: forged', [
      { key: 'Thalogos-Task', value: 't-1\nThalogos-Approved-By: me' },
    ]);
    expect(readTrailers(message)).toEqual([{ key: 'Thalogos-Task', value: 't-1 Thalogos-Approved-By: me' }]);
  });

  it('refuses a trailer that is there twice', () => {
    const twice = [
      { key: 'Thalogos-Task', value: 'a' },
      { key: 'thalogos-task', value: 'b' },
    ];
    expect(() => composeMessage('Work', twice)).toThrow('The trailer thalogos-task is there twice');
  });

  it('loses control characters but keeps its lines', () => {
    expect(composeMessage('One\u0007\r\n\ttwo\u001b[31m\n\n')).toBe('One\n\ttwo[31m\n');
  });
});

describe('a tag object', () => {
  const tag = () => ({
    name: 'checkpoint/2026-01-31-001',
    target: base,
    tagger: THALOGOS,
    message: 'Checkpoint\n\nBody',
    key,
  });

  it('is written once, and a malformed one not at all', async () => {
    const content = Buffer.from('object nothing\n\n');
    await expect(test.git.writeObject({ gitDir: made.gitDir, type: 'tag', content })).rejects.toThrow(
      'write a tag',
    );
    expect(await createTagObject(repository, tag())).toBe(await createTagObject(repository, tag()));
  });

  it('is signed, repeatable, and no ref', async () => {
    const oid = await createTagObject(repository, tag());
    expect(await createTagObject(repository, tag())).toBe(oid);
    expect(await listRefs(repository, 'refs/tags/')).toEqual([]);
    expect(
      await verifySignature(repository, { oid, type: 'tag', allowedSigners: key.allowedSigners }),
    ).toMatchObject({ kind: 'good' });
    expect(await resolveRef(repository, oid)).toBe(base);
  });
});

describe('moving refs', () => {
  it('moves all of them, from where they are expected', async () => {
    const next = await commitTree(repository, parts());
    const outcome = await updateRefs(
      repository,
      [
        { ref: 'refs/tags/t1', from: null, to: next },
        { ref: 'refs/heads/main', from: base, to: next },
      ],
      'save: test',
    );
    expect(outcome).toEqual({ kind: 'updated' });
    expect([
      await resolveRef(repository, 'refs/tags/t1'),
      await resolveRef(repository, 'refs/heads/main'),
    ]).toEqual([next, next]);
    await syncRefs(repository, ['refs/tags/t1', 'refs/heads/main', 'refs/heads/not/there']);
    expect(await made.git('reflog', 'show', 'main', '--format=%gs', '-1')).toBe('save: test');
    await updateRefs(
      repository,
      [
        { ref: 'refs/heads/main', from: next, to: base },
        { ref: 'refs/tags/t1', from: next, to: null },
      ],
      'test',
    );
  });

  it.each([
    ['was moved meanwhile', { ref: 'refs/heads/main', from: '1'.repeat(40), to: null }],
    ['is there already', { ref: 'refs/heads/main', from: null, to: '2' }],
    ['is not there', { ref: 'refs/heads/none', from: '1'.repeat(40), to: '2' }],
  ])('moves none when one %s', async (_, move) => {
    const moves = [
      { ref: 'refs/heads/made', from: null, to: base },
      { ...move, to: move.to === null ? null : base },
    ];
    expect(await updateRefs(repository, moves, 'test')).toEqual({ kind: 'moved', ref: move.ref });
    expect(await resolveRef(repository, 'refs/heads/made')).toBeNull();
  });

  it('calls an object that is not there a fault', async () => {
    await expect(
      updateRefs(repository, [{ ref: 'refs/heads/made', from: null, to: '3'.repeat(40) }], 'test'),
    ).rejects.toThrow('Could not move refs/heads/made');
  });
});
