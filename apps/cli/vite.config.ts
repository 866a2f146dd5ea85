import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Bundles the command line into `dist/main.js`. */
export default defineConfig({
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { main: fileURLToPath(new URL('src/main.ts', import.meta.url)) },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
