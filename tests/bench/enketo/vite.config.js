import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig } from 'vite';

const core = path.resolve('node_modules/enketo-core');

// enketo-core 9 imports scss by a path of its own monorepo; point that at the installed package.
const findFileUrl = (url) => {
  const inside = url.match(/^\/packages\/enketo-core\/node_modules\/(.+)$/);
  return inside ? pathToFileURL(path.resolve('node_modules', inside[1])) : null;
};

export default defineConfig({
  base: './',
  resolve: {
    alias: {
      'enketo-core/form': `${core}/src/js/form.js`,
      'enketo/config': `${core}/config.js`,
      'enketo/widgets': `${core}/src/js/widgets.js`,
      'enketo/translator': `${core}/src/js/fake-translator.js`,
      'enketo/dialog': `${core}/src/js/fake-dialog.js`,
      'enketo/file-manager': `${core}/src/js/file-manager.js`,
      'enketo/xpath-evaluator-binding': `${core}/src/js/xpath-evaluator-binding.js`,
    },
  },
  css: {
    preprocessorOptions: {
      scss: {
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'mixed-decls'],
        importers: [{ findFileUrl }],
      },
    },
  },
  build: {
    rollupOptions: { input: process.env.PAGE },
    outDir: process.env.BUILT,
    chunkSizeWarningLimit: 2000,
  },
});
