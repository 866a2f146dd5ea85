import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { weighFirstLoad } from './weigh-plugin.ts';

let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'thalogos-weigh-'));
  const files = {
    'index.html': '<!doctype html><script type="module" src="/src/main.ts"></script>',
    'src/main.ts': "import('./start.tsx');",
    'src/start.tsx': "import './a.css'; import('./features/chat/mission-page.tsx'); import('./later.ts');",
    'src/a.css': 'a { color: red }',
    'src/features/chat/mission-page.tsx': 'document.title = "mission";',
    'src/later.ts': `document.title = ${JSON.stringify(Array.from({ length: 900 }, () => Math.random()).join())};`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const buildAtMost = (bytes: number) =>
  build({ root, configFile: false, logLevel: 'silent', plugins: [weighFirstLoad(bytes)] });

describe('a build', () => {
  it('passes where only what comes later is heavy', async () => {
    await expect(buildAtMost(2_000)).resolves.toBeDefined();
  });

  it('fails with the table where the first load is heavier than it may be', async () => {
    await expect(buildAtMost(100)).rejects.toThrow(/The first load is too heavy:[\s\S]*in all, of at most/);
  });
});
