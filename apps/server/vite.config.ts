import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const entries = {
  main: 'src/main.ts',
  'git-helper': 'src/git/helper-main.ts',
  'scripted-agent': 'src/agents/scripted/agent-main.ts',
  'model-agent': 'src/agents/model/agent-main.ts',
};

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/**
 * Bundles the server and the programs it starts into `dist/`.
 *
 * What has native parts (SQLite, terminals) stays outside, and so does Token.js, which is large and loaded only where a model is asked.
 */
export default defineConfig({
  ssr: { target: 'node', noExternal: true, external: ['better-sqlite3', 'token.js', '@lydell/node-pty'] },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, file]) => [name, path(file)] as const)
          .filter(([, file]) => existsSync(file)),
      ),
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
