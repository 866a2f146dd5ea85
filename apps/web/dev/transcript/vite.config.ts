import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page of the benchmark's row `transcript`: the console's own transcript, and every block kept or drawn.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { target: 'es2023', emptyOutDir: true, chunkSizeWarningLimit: 4000 },
});
