/** Builds the scripts of the console's pages into ../server/static/console: one file each, for their pages allow no other by name. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite';
import { licencesOf } from './scripts/licences.ts';

const OUTPUT = '../server/static/console';
const BROWSERS = ['chrome87', 'safari15', 'firefox115'];
const FIRST = 'map';
const FURTHER = ['map-tiles'];
/** Packages that the scripts hold, whose licences ask to be told. */
const PACKAGES = [
  'leaflet',
  'protomaps-leaflet',
  'pmtiles',
  '@protomaps/basemaps',
  '@mapbox/point-geometry',
  '@mapbox/vector-tile',
  'color2k',
  'fflate',
  'pbf',
  'potpack',
  'quickselect',
  'rbush',
];

export default defineConfig({ ...script(FIRST), plugins: [theRest()] });

function script(name: string): InlineConfig {
  return {
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      target: BROWSERS,
      reportCompressedSize: false,
      rollupOptions: {
        input: `src/islands/${name}.ts`,
        output: { format: 'iife', entryFileNames: `${name}.js` },
      },
    },
  };
}

/** The other scripts, Leaflet's styles as they are, and the licences of what the scripts hold. */
function theRest(): Plugin {
  return {
    name: 'fieldwell-islands',
    apply: 'build',
    async closeBundle(error?: Error) {
      if (error !== undefined) return;
      for (const name of FURTHER) await build(script(name));
      const folder = join(import.meta.dirname, OUTPUT);
      const styles = readFileSync(join(import.meta.dirname, 'node_modules/leaflet/dist/leaflet.css'), 'utf8');
      writeFileSync(join(folder, 'leaflet.css'), styles);
      writeFileSync(join(folder, 'map-licences.txt'), licencesOf(PACKAGES));
    },
  };
}
