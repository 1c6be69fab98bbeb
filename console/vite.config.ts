import path from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run build:console`: the page in console/dist, with paths relative to wherever it is served. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  cacheDir: path.join(import.meta.dirname, '../.cache/vite'),
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // For the measurement of what the first page loads.
    manifest: true,
    target: 'es2023',
    // The size is measured gzipped, by npm run build:console.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    // A file, so that the Content-Security-Policy needs no exception for data.
    assetsInlineLimit: 0,
  },
});
