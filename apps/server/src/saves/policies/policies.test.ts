import { CONFLICT_POLICIES, type ConflictPolicy } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import type { ConflictedFile, SettleAt } from '../settle.ts';
import { makeTextPolicies } from './policies.ts';

const stage = (mode = '100644') => ({ mode, oid: 'a'.repeat(40) });
const at: SettleAt = {
  hub: {} as SettleAt['hub'],
  ours: '',
  theirs: '',
  task: null,
  rest: null,
};
const file = (
  path: string,
  [base, ours, theirs]: readonly string[],
  more: Partial<ConflictedFile> = {},
): ConflictedFile => ({
  ...{ path, kind: 'text', base: stage(), ours: stage(), theirs: stage() },
  contents: {
    base: Buffer.from(base ?? ''),
    ours: Buffer.from(ours ?? ''),
    theirs: Buffer.from(theirs ?? ''),
  },
  ...more,
});
const settle = (one: ConflictedFile, off: readonly ConflictPolicy[] = []) =>
  makeTextPolicies({
    isOn: (policy) => !off.includes(policy),
    union: ['CHANGELOG.md', '**/.*ignore'],
    generated: [{ files: ['*.lock'], command: ['make-lock'] }],
  })(one, at);

/** Every rule that looks at lines with a conflict that it alone settles. */
const EXAMPLES: readonly (readonly [ConflictPolicy, ConflictedFile])[] = [
  ['identical', file('a.txt', ['a\nb\n', 'A\nB\n', 'A\nB\n'])],
  ['whitespace', file('a.ts', ['a\n', ' b\n', '  b\n'])],
  [
    'non-overlapping',
    file('a.ts', ['let a = 1;\nlet b = 1;\n', 'let a = 2;\nlet b = 1;\n', 'let a = 1;\nlet b = 2;\n']),
  ],
  ['union', file('CHANGELOG.md', ['- a\n', '- b\n- a\n', '- c\n- a\n'])],
  ['imports', file('a.ts', ['', "import a from './a';\n", "import b from './b';\n"])],
  ['sorted-keys', file('words', ['a\nz\n', 'a\nb\nc\nz\n', 'a\nd\ne\nz\n'])],
];

describe('the rules', () => {
  it('each settle their own conflict, say so, and leave it when switched off', async () => {
    for (const [policy, example] of EXAMPLES) {
      expect([policy, (await settle(example))?.by]).toEqual([policy, policy]);
      expect([policy, await settle(example, [policy])]).toEqual([policy, null]);
    }
    expect(CONFLICT_POLICIES.filter((name) => !EXAMPLES.some(([policy]) => policy === name))).toEqual([
      'generated',
    ]);
  });

  it('settle different hunks of one file together, or not at all', async () => {
    const text = (name: string, depth: string) =>
      `import ${name} from './${name}';\n\nrun(1);\n\n${depth}end(${depth.length});\n`;
    const two = file('a.ts', [
      '\nrun(1);\n\nend();\n',
      "import a from './a';\n\nrun(1);\n\nstop( 1);\n",
      "import b from './b';\n\nrun(1);\n\nstop(  1);\n",
    ]);
    expect(await settle(two)).toMatchObject({ by: 'whitespace+imports' });
    expect(await settle(two, ['imports'])).toBeNull();
    expect(await settle(file('a.ts', [text('a', ''), text('b', ' '), text('c', '  ')]))).toBeNull();
  });

  it('keep the lines of both sides only in files that a project lists', async () => {
    const sides = ['one two\n', 'one two\nthree four\n', 'one two\nfive six\n'];
    expect(await settle(file('notes', sides))).toBeNull();
    expect(await settle(file('sub/.dockerignore', sides))).toMatchObject({ by: 'union' });
  });

  it('never merge what a command makes', async () => {
    expect(await settle(file('x.lock', ['a\n', ' b\n', '  b\n']))).toBeNull();
  });

  it('take the mode that one side changed, and leave two different ones to a person', async () => {
    const same = ['a\n', 'b\n', 'b\n'];
    expect(await settle(file('a', same, { theirs: stage('100755') }))).toMatchObject({ mode: '100755' });
    expect(
      await settle(file('a', same, { kind: 'add-add', base: null, theirs: stage('100755') })),
    ).toBeNull();
  });

  it('leave alone what was removed, is not text or is too large', async () => {
    expect(await settle(file('a', ['a', 'b', 'b'], { kind: 'modify-delete', theirs: null }))).toBeNull();
    expect(await settle(file('a', [], { contents: null }))).toBeNull();
  });

  it('leave JSON to a person that would not be JSON any more', async () => {
    const json = (value: string) => `{\n  "a": ${value}\n}\n`;
    const broken = file('.dockerignore/x.json', [json('1'), json('2'), json('3')]);
    expect(await settle(broken)).toBeNull();
  });

  it('keep every byte of a file that is no UTF-8', async () => {
    const bytes = (...parts: (string | number)[]) =>
      Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : Buffer.from(part))));
    const contents = {
      base: bytes('\ufeffx\xff', 0xe9, '\r\nlet a = 1;\nlet b = 1;\nend', 0xff),
      ours: bytes('\ufeffx\xff', 0xe9, '\r\nlet a = 2;\nlet b = 1;\nend', 0xff),
      theirs: bytes('\ufeffx\xff', 0xe9, '\r\nlet a = 1;\nlet b = 2;\nend', 0xff),
    };
    const settled = await settle(file('a.js', [], { contents }));
    expect(settled?.content).toEqual(bytes('\ufeffx\xff', 0xe9, '\r\nlet a = 2;\nlet b = 2;\nend', 0xff));
  });
});
