import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page of the benchmark's row `live-graph`: the console's own graph, and React Flow fed the common way.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023', emptyOutDir: true, chunkSizeWarningLimit: 4000 },
});
