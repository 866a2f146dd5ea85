import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { weighFirstLoad } from './weigh/weigh-plugin.ts';

/** Where `thalogos start` listens by default; `vite` alone serves the console against it. */
const server = 'http://127.0.0.1:4870';

export default defineConfig({
  plugins: [react(), weighFirstLoad()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    target: 'es2023',
    // Fonts and pictures stay files: the page's policy allows nothing inline for them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: Object.fromEntries(
      ['/trpc', '/events', '/auth', '/upload', '/health', '/ready'].map((path) => [
        path,
        { target: server, changeOrigin: true },
      ]),
    ),
  },
});
