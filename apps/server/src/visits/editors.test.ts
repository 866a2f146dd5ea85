import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { argumentsOf, wordsOf } from './editors.ts';
import { findEditors } from './find-editors.ts';
import { openEditor } from './open-editor.ts';
import { MARA, openVisitWorld } from './test-visits.ts';

/** An editor that writes down what it was started with. */
async function plantEditor(folder: string, name: string, exit = 0): Promise<string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const file = join(bin, name);
  await writeFiles(bin, { [name]: `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/opened"\nexit ${exit}\n` });
  chmodSync(file, 0o755);
  return bin;
}

describe('the editor of a person', () => {
  it('is told a folder, or a file and its line, each in its own way', () => {
    const at = { folder: '/w', file: '/w/a.ts', line: 12 };
    expect(argumentsOf(['/usr/bin/code'], at)).toEqual(['/w', '--goto', '/w/a.ts:12']);
    expect(argumentsOf(['/usr/bin/code', '--new-window'], { ...at, file: null })).toEqual([
      '--new-window',
      '/w',
    ]);
    expect(argumentsOf(['zed'], at)).toEqual(['/w', '/w/a.ts:12']);
    expect(argumentsOf(['idea'], at)).toEqual(['--line', '12', '/w/a.ts']);
    expect(argumentsOf(['/opt/mine'], at)).toEqual(['/w/a.ts']);
    expect(wordsOf(' code --wait  --reuse-window ')).toEqual(['code', '--reuse-window']);
  });

  it('is the one that was named, then VISUAL and EDITOR, then what is installed; none that needs a terminal', async () => {
    await using world = await openVisitWorld();
    for (const name of ['zed', 'code', 'vim', 'mine']) await plantEditor(world.path, name);
    const host = { PATH: join(world.path, 'bin'), DISPLAY: ':0', VISUAL: 'zed --wait', EDITOR: 'vim' };
    const ids = async (named: readonly string[] | null, more = {}) =>
      (await findEditors({ host: { ...host, ...more }, named })).map(({ id }) => id);
    expect(await ids(null)).toEqual(['zed', 'code']);
    expect(await ids(['mine', '--here'])).toEqual(['mine', 'zed', 'code']);
    expect(await ids(null, { DISPLAY: '' })).toEqual([]);
  });

  it('opens a file of the worktree at its line, without a shell, and that is written down', async () => {
    await using world = await openVisitWorld();
    const bin = await plantEditor(world.path, 'code');
    const file = 'a; touch owned $(touch owned).ts';
    await writeFiles(world.path, { [file]: '' });
    const deps = { ...world.deps, host: { PATH: `${bin}:/bin:/usr/bin`, DISPLAY: ':0' } };
    const { title } = await openEditor(deps, { task: 't-1', file, line: 3 }, MARA);
    expect(title).toBe('VS Code');
    expect(readFileSync(join(world.path, 'opened'), 'utf8').split('\n')).toEqual([
      world.path,
      '--goto',
      `${join(world.path, file)}:3`,
      '',
    ]);
    expect(world.audited()).toEqual([{ what: 'editor.opened', why: `VS Code: ${join(world.path, file)}` }]);
  });

  it('opens nothing outside the worktree, and says what to do where none is found or it fails', async () => {
    await using world = await openVisitWorld();
    symlinkSync('/etc/passwd', join(world.path, 'link'));
    const open = (file: string, deps = world.deps) => openEditor(deps, { task: 't-1', file }, MARA);
    await expect(open('../..')).rejects.toMatchObject({ code: 'refused' });
    await expect(open('/etc/passwd')).rejects.toMatchObject({ code: 'refused' });
    await expect(open('link')).rejects.toMatchObject({ code: 'refused' });
    await expect(open('gone.ts')).rejects.toMatchObject({ code: 'not-found' });
    await expect(open('.')).rejects.toMatchObject({
      ...{ code: 'not-found', hint: 'Name yours with THALOGOS_EDITOR, or copy the path.' },
    });
    const bin = await plantEditor(world.path, 'code', 3);
    const host = { PATH: `${bin}:/bin:/usr/bin`, DISPLAY: ':0' };
    await expect(open('.', { ...world.deps, host })).rejects.toMatchObject({
      message: 'Could not open VS Code: it ended with code 3.',
    });
  });
});
