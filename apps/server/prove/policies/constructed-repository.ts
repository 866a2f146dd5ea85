import { execFileSync } from 'node:child_process';
import { makeTemporaryDirectory, runTestGit } from '@thalogos/testkit';
import type { Case } from './case.ts';

const BY = 'committer Ada Person <ada@example.org> 1700000000 +0000';

/** A repository with one merge for each case, each with a history of its own; use it with `await using`. */
export async function makeConstructedRepository(cases: readonly Case[]) {
  const directory = await makeTemporaryDirectory('thalogos-policies-');
  await runTestGit(directory.path, ['init', '--quiet', '--bare']);
  execFileSync('git', ['fast-import', '--quiet'], {
    cwd: directory.path,
    input: cases.map((one, at) => streamOf(one, at)).join(''),
  });
  return { gitDir: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

/** The base, both sides and the person's merge, for fast-import. */
function streamOf({ name, path, movedTo = path, ...contents }: Case, at: number): string {
  const [base, ours, theirs, merge] = [1, 2, 3, 4].map((step) => at * 4 + step);
  return [
    commit({ at, mark: base, name, parents: [], path, content: contents.base }),
    commit({ at, mark: ours, name, parents: [`from :${base}`], path: movedTo, content: contents.ours }),
    commit({ at, mark: theirs, name, parents: [`from :${base}`], path, content: contents.theirs }),
    commit({
      at,
      mark: merge,
      name,
      parents: [`from :${ours}`, `merge :${theirs}`],
      path: movedTo,
      content: contents.human,
    }),
  ].join('');
}

interface Step {
  readonly at: number;
  readonly mark: number | undefined;
  readonly name: string;
  readonly parents: readonly string[];
  readonly path: string;
  readonly content: string | null;
}

function commit({ at, mark, name, parents, path, content }: Step): string {
  const changed = content === null ? [] : [`M 100644 inline ${path}`, data(content)];
  return [
    `commit refs/heads/case-${at}`,
    ...[`mark :${mark}`, BY, data(name), ...parents, 'deleteall', 'M 100644 inline kept', data('kept\n')],
    ...changed,
    '',
  ].join('\n');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
