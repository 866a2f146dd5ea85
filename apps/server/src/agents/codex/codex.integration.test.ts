import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readText } from '../test-bench.ts';
import { describeInstalled } from '../test-installed.ts';
import { codexProgram } from './codex-program.ts';

await describeInstalled(codexProgram, {}, (bench) => {
  it('can write neither outside its worktree nor to its git folder, unasked', async () => {
    const outside = join(bench().root, 'out.txt');
    const { outcome } = await bench().play(
      `[[sh echo x > ${outside}]][[sh echo x > .git/config]][[sh echo x > in.txt]]`,
    );
    expect(outcome.kind).toBe('completed');
    expect(await readText(outside)).toBeNull();
    expect(await bench().read('.git/config')).toContain('[core]');
    expect(await bench().read('in.txt')).toBe('x\n');
  });

  it('gives its commands none of our environment', async () => {
    await bench().play('[[sh env > env.txt]]');
    const seen = await bench().read('env.txt');
    expect(seen).toContain(`PWD=${bench().cwd}\n`);
    expect(seen).toContain(`THALOGOS_MARK=${bench().instance}run/r-1/\n`);
    expect(seen).not.toContain('npm_');
  });
});
