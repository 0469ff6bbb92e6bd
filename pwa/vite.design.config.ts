/** Builds the page of components (design/) into a folder of its own, which nothing packs: `make design`. */

import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: join(import.meta.dirname, 'design'),
  // Relative, so that tests may serve the folder from anywhere.
  base: './',
  define: { WORD_FILES: '{}' },
  build: { outDir: join(import.meta.dirname, '.design'), emptyOutDir: true, reportCompressedSize: false },
  preview: { host: '127.0.0.1', port: 8300, strictPort: true },
});
