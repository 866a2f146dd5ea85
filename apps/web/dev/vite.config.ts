import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { sampleLink } from './sample-link.ts';

// `vite --config dev/vite.config.ts` in apps/web: the console on sample data, without a server.
export default defineConfig({
  plugins: [react(), sampleLink()],
  worker: { format: 'es' },
  server: { port: 0, warmup: { clientFiles: ['./src/main.tsx', './src/features/canvas/layout.worker.ts'] } },
  optimizeDeps: { include: ['@dagrejs/dagre'] },
});
