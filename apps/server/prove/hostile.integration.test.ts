import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SaveView, Task, Verification } from '@thalogos/contracts';
import { makeRepository, type TestRepository } from '@thalogos/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobsAt, blobsIn, differences } from './blobs.ts';
import { type House, openHouse } from './house.ts';
import { outcomeOf } from './server.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 120_000);
afterAll(() => house[Symbol.asyncDispose]());

/** Names as bytes (latin1), each a trap for somebody who takes paths for text, options or patterns. */
const NAMES = [
  '-dash',
  '--output=evil',
  'new\nline',
  'tab\tname',
  'quote"quote',
  "quote'quote",
  'back\\slash',
  ' leading and trailing ',
  '*',
  '[x]?',
  ':(top)magic',
  ':colon',
  '$(touch canary)',
  '`touch canary`',
  ';touch canary',
  '\xff\xfe no UTF-8',
  'caf\xc3\xa9',
  'cafe\xcc\x81',
  '\xf0\x9f\xa6\x89',
  '\x01\x1b[31mcontrol',
  'x'.repeat(255),
  'folder\nwith\nlines/-deep/--file',
  'readme.md',
  'Case',
  'case',
];

/** Committed in the repository, so that whatever contains the agent lets it be read. */
const MAKE = `import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
const bytes = (name) => Buffer.from(name, 'latin1');
renameSync('README.md', 'readme.md');
for (const name of ${JSON.stringify(NAMES)}) {
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  if (folder !== '') mkdirSync(bytes(folder), { recursive: true });
  appendFileSync(bytes(name), bytes('content of ' + name + '\\r\\n\\0\\xff'));
}
for (const [to, name] of [['/etc/passwd', 'absolute'], ['../../../outside', 'upwards'], ['.', 'loop'], ['nowhere', 'dangling'], ['-dash', '-link']]) symlinkSync(to, name);
writeFileSync('empty', '');
writeFileSync('program', '#!/bin/sh\\n');
chmodSync('program', 0o755);
execFileSync('mkfifo', ['pipe']);
`;

const names = (repository: TestRepository) => repository.git('ls-tree', '-r', '--name-only', 'main');

describe('a repository full of strange names', () => {
  it('comes back byte for byte from an agent’s worktree over a Save to its person', async () => {
    await using person = await makeRepository({
      commits: [
        {
          message: 'Start',
          files: { 'README.md': '# A project\n', 'make.mjs': MAKE, 'old\nname': 'old\n', '-old': 'old\n' },
        },
      ],
      untracked: { '-mine': 'mine\n', 'my\nown': 'mine\n' },
    });
    const project = await house.register(person.path);
    const task = await house.work(project, `"${process.execPath}" make.mjs && rm -- -old`);
    expect(task).toMatchObject({ state: 'review', error: null });
    const saved = await house.save(project);
    expect(saved).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });

    const made = new Map(await blobsIn(house.worktree(project, task)));
    expect(made.get('pipe')).toBe('neither file nor link');
    expect(made.delete('pipe')).toBe(true);
    expect(NAMES.filter((name) => !made.has(name))).toEqual([]);
    expect(differences(await blobsAt(house.hub(project), 'main'), made)).toBeNull();
    const theirs = new Map(await blobsIn(person.path));
    for (const name of ['-mine', 'my\nown']) expect(theirs.delete(name)).toBe(true);
    expect(differences(theirs, made)).toBeNull();
    expect(await person.git('status', '--porcelain')).toBe('?? -mine\n?? "my\\nown"');
    expect(await person.git('fsck', '--strict', '--no-dangling')).toBe('');

    // And back again: what is taken away under these names comes back under them.
    await house.work(project, `rm -- -dash '*' ':colon' "$(printf 'new\\\\nline')"; mv Case case`);
    expect(await house.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(existsSync(join(person.path, '-dash'))).toBe(false);
    const tag = saved.checkpoint?.tag;
    const { save } = await house.line().tell<{ save: SaveView }>('saves.rollback', { project, tag });
    expect(await outcomeOf(house.line(), save.id)).toMatchObject({ delivery: { state: 'updated' } });
    expect(differences(await blobsAt(person.gitDir, 'main'), made)).toBeNull();
    expect(await person.git('status', '--porcelain')).toBe('?? -mine\n?? "my\\nown"');
  });

  it('has no name of it taken for a pattern, an option or text where it is in the way', async () => {
    await using person = await makeRepository({
      untracked: { '*': 'mine\n', 'new\nline': 'mine\n' },
    });
    const project = await house.register(person.path);
    await house.work(
      project,
      `printf theirs > '*'; printf theirs > "$(printf 'new\\nline')"; printf x > other`,
    );
    const outcome = await house.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'waiting' } });
    expect(outcome.delivery?.files.toSorted()).toEqual(['*', 'new\nline']);
    expect(await readFile(join(person.path, '*'), 'utf8')).toBe('mine\n');
    expect(existsSync(join(person.path, 'other'))).toBe(false);
  });
});

/** The attack is a program that makes the canary wherever git, or we, can be made to run it. */
const EVIL = (canary: string) => `#!/bin/sh\ntouch '${canary}'\ncat\n`;

/** Shows that the trap is one, as a git falls into it that nobody guards; then the canary is gone again. */
const TRY = (canary: string) => `touch -t 200001010000 evil
for question in status 'diff --ext-diff' 'hook run --ignore-missing post-checkout'; do
  git $question < /dev/null > /dev/null 2>&1
done
if test -e '${canary}'; then echo fired > fired; fi
rm -f '${canary}'
`;
const HUB = 'D=$(git rev-parse --path-format=absolute --git-common-dir)';
const HERE = 'W=$(git rev-parse --path-format=absolute --git-dir)';
const COMMIT = 'git -c user.name=a -c user.email=a@b commit -q -m mine';

const SETTINGS = [
  ...[
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'core.editor',
    'core.gitProxy',
    'core.alternateRefsCommand',
  ],
  ...['gpg.program', 'gpg.ssh.program', 'gpg.ssh.defaultKeyCommand', 'credential.helper', 'diff.external'],
  ...['uploadpack.packObjectsHook', 'remote.origin.uploadpack', 'sequence.editor', 'interactive.diffFilter'],
  ...['trailer.evil.command', 'browser.evil.cmd', 'init.templateDir', 'core.askPass'],
];

const ATTACKS: readonly (readonly [string, string])[] = [
  [
    'writes every hook of the hub and points git to them',
    `${HUB}; mkdir -p "$D/hooks"; for h in pre-commit post-commit reference-transaction post-checkout post-merge pre-receive update post-update post-index-change fsmonitor-watchman pre-auto-gc proc-receive post-rewrite; do cp evil "$D/hooks/$h"; chmod +x "$D/hooks/$h"; done; git config core.hooksPath "$D/hooks"`,
  ],
  [
    'writes filters, merge and diff drivers for every file',
    'git config filter.evil.clean "$PWD/evil"; git config filter.evil.smudge "$PWD/evil"; git config filter.evil.process "$PWD/evil"; git config filter.evil.required true; git config merge.evil.driver "$PWD/evil"; git config merge.default evil; git config diff.evil.textconv "$PWD/evil"; git config diff.evil.command "$PWD/evil"; echo "* filter=evil merge=evil diff=evil" > .gitattributes',
  ],
  [
    'hides its attributes in the hub',
    `${HUB}; mkdir -p "$D/info"; echo "* filter=evil diff=evil merge=evil" > "$D/info/attributes"; git config filter.evil.clean "$PWD/evil"; git config diff.evil.textconv "$PWD/evil"; git config merge.evil.driver "$PWD/evil"`,
  ],
  [
    'names a program in every setting that takes one',
    SETTINGS.map((name) => `git config ${name} "$PWD/evil"`).join('; '),
  ],
  [
    'includes a configuration of its own',
    'printf "[core]\\n\\tfsmonitor = %s/evil\\n[diff]\\n\\texternal = %s/evil\\n" "$PWD" "$PWD" > evil.config; git config include.path "$PWD/evil.config"',
  ],
  [
    'has a configuration of its worktree',
    `${HERE}; git config extensions.worktreeConfig true; printf "[core]\\n\\tbare = false\\n\\tfsmonitor = %s/evil\\n" "$PWD" > "$W/config.worktree"`,
  ],
  ['says that its worktree is elsewhere', 'git config core.worktree /tmp; git config core.bare false'],
  [
    'puts a repository of its own in the place of .git',
    'rm -f .git; git init -q .; cp evil .git/hooks/post-checkout; git config core.fsmonitor "$PWD/evil"; git config core.hooksPath "$PWD/.git/hooks"',
  ],
  [
    'lets .git lead to a repository of its own',
    'rm -f .git; mkdir fake; git init -q --bare fake/x.git; git -C fake/x.git config core.fsmonitor "$PWD/evil"; git -C fake/x.git config core.bare false; git -C fake/x.git config core.worktree "$PWD"; echo "gitdir: $PWD/fake/x.git" > .git; echo fake > .gitignore',
  ],
  [
    'moves main in the hub and deletes what others made',
    `git add -A; ${COMMIT}; git update-ref refs/heads/main HEAD; for r in $(git for-each-ref --format="%(refname)" refs/heads/session refs/thalogos); do git update-ref -d "$r"; done`,
  ],
  [
    'throws away every object that no ref holds',
    'git reflog expire --expire=now --expire-unreachable=now --all; git prune --expire=now; git gc -q --prune=now',
  ],
];

async function attack(person: TestRepository, command: string): Promise<{ project: string; task: Task }> {
  const project = await house.register(person.path);
  await house.work(project, 'printf good > good.txt');
  return {
    project,
    task: await house.work(project, `printf x > a.txt; chmod +x evil; ${command}; sh ./try`),
  };
}

/** These move and delete; nothing of theirs could be run. */
const HARMLESS = /^(says that|moves main|throws away)/;

describe('an agent that', () => {
  it.each(ATTACKS)('%s has nothing of its own run, and stops nobody’s work', async (what, command) => {
    const around = await makeRepository();
    const canary = join(around.around, 'canary');
    await using person = await makeRepository({
      commits: [
        { message: 'Start', files: { 'README.md': '# A project\n', evil: EVIL(canary), try: TRY(canary) } },
      ],
      dirty: { 'README.md': 'mine\n' },
    });
    const old = await person.oid('main');
    const { project, task } = await attack(person, command);
    expect(task.state).toBe('review');
    expect(existsSync(join(house.worktree(project, task), 'fired'))).toBe(!HARMLESS.test(what));
    await house.line().get('saves.preview', { project });
    await house.line().get('review.diff', { task: task.id });
    // What the agent's own git calls ran in its worktree is the agent's doing; from here on it is ours.
    const before = existsSync(canary);
    const outcome = await house.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(await names(person)).toContain('good.txt');
    expect(await person.git('merge-base', '--is-ancestor', old, 'main')).toBe('');
    expect(await readFile(join(person.path, 'README.md'), 'utf8')).toBe('mine\n');
    expect(await person.git('config', '--local', '--list')).not.toContain('evil');
    expect(await house.line().get<Verification>('timeline.verify', { project })).toMatchObject({ ok: true });
    expect([before, existsSync(canary)]).toEqual([false, false]);
    await around[Symbol.asyncDispose]();
  });

  it('tears the objects out of the hub lands nothing, and the person’s repository is whole', async () => {
    await using person = await makeRepository();
    const old = await person.oid('main');
    const { project } = await attack(person, `${HUB}; find "$D/objects" -type f -delete`);
    const outcome = await house.save(project).catch((cause: unknown) => ({ kind: 'refused', cause }));
    expect(['refused', 'nothing-to-save']).toContain(outcome.kind);
    expect(await person.oid('main')).toBe(old);
    expect(await person.git('fsck', '--strict')).toBe('');
    expect(await person.git('status', '--porcelain')).toBe('');
  });

  it('has done all this is met by a server that starts again', async () => {
    await using person = await makeRepository();
    await house.restart();
    const project = await house.register(person.path);
    await house.work(project, 'printf x > a.txt');
    expect(await house.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
  });
});

/** Ten gigabytes of writing: asked for by name alone. */
if (process.env['THALOGOS_PROVE_LARGE'] === '1') {
  describe('a large repository', () => {
    it('of 50,000 files and one of 600 MB comes back byte for byte', { timeout: 1_800_000 }, async () => {
      const many = Object.fromEntries(
        Array.from({ length: 50_000 }, (_, n) => [`many/${n % 250}/${n}.txt`, `${n}\n`]),
      );
      const huge = Buffer.alloc(600_000_000, 'a line of a file that is large\n');
      await using person = await makeRepository({
        commits: [{ message: 'Start', files: { ...many, 'huge.bin': huge } }],
      });
      const project = await house.register(person.path);
      const task = await house.work(
        project,
        'for n in $(seq 0 249); do printf changed > many/$n/$n.txt; done; printf x >> huge.bin; mv huge.bin moved.bin',
      );
      // A new file of that size is for a person to let pass; until then it stays where the agent wrote it.
      expect(task).toMatchObject({
        state: 'failed',
        error: { message: expect.stringContaining('moved.bin') as string },
      });
      const again = await house.work(
        project,
        'for n in $(seq 0 249); do printf changed > many/$n/$n.txt; done',
      );
      expect(await house.save(project)).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
      expect(
        differences(await blobsIn(person.path), await blobsIn(house.worktree(project, again))),
      ).toBeNull();
      expect(await person.git('status', '--porcelain')).toBe('');
    });
  });
}
