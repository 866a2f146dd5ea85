import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeScratchFolder } from '../../test-scratch.ts';
import { loadScript } from './load-script.ts';

const scratch = makeScratchFolder();
afterAll(() => scratch.remove());

function script(name: string, source: string): string {
  const file = join(scratch.folder, name);
  writeFileSync(file, source);
  return file;
}

it('says what is wrong with a script', async () => {
  await expect(loadScript('nowhere.ts')).rejects.toThrow(/There is no file .*nowhere\.ts$/);
  await expect(loadScript(script('none.mjs', ''))).rejects.toThrow(
    /has no default export\. Add: export default talk;/,
  );
  await expect(loadScript(script('other.mjs', 'export default {};'))).rejects.toThrow(
    /is no SmallTalk and makes none$/,
  );
});
