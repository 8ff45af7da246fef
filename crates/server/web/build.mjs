// Bundles the desk's pages into dist/. Run `npm ci && node build.mjs`; the result is committed, so cargo needs no Node.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const out = 'dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/fonts`, { recursive: true });

const common = { bundle: true, minify: true, format: 'esm', target: ['es2022'], charset: 'utf8', legalComments: 'none', logLevel: 'warning' };
await build({ ...common, entryPoints: ['src/main.js'], outfile: `${out}/desk.js` });
await build({ ...common, format: 'iife', entryPoints: ['src/theme.js'], outfile: `${out}/theme.js` });
await build({ ...common, stdin: { contents: "import uPlot from 'uplot'; export { uPlot };", resolveDir: '.' }, outfile: `${out}/uplot.js` });
const d3 = "export { forceSimulation, forceLink, forceManyBody, forceX, forceY, forceCollide } from 'd3-force'; export { geoEqualEarth, geoPath } from 'd3-geo'; export { feature } from 'topojson-client';";
await build({ ...common, stdin: { contents: d3, resolveDir: '.' }, outfile: `${out}/d3.js` });
await build({ ...common, stdin: { contents: "@import './src/css/tokens.css'; @import './src/css/desk.css'; @import './node_modules/uplot/dist/uPlot.min.css';", loader: 'css', resolveDir: '.' }, outfile: `${out}/desk.css`, external: ['*.woff2'] });

// Country shapes under ISO alpha-3 codes, as the API names states.
const world = JSON.parse(readFileSync('node_modules/world-atlas/countries-50m.json', 'utf8'));
const iso = JSON.parse(readFileSync('node_modules/i18n-iso-countries/codes.json', 'utf8'));
const alpha3 = new Map(iso.map(([, three, numeric]) => [numeric, three]));
const own = new Map([['Kosovo', 'XKX']]);
for (const shape of world.objects.countries.geometries) shape.id = alpha3.get(String(shape.id ?? '').padStart(3, '0')) ?? own.get(shape.properties.name) ?? null;
delete world.objects.land;
writeFileSync(`${out}/world-50m.json`, JSON.stringify(world));

const fonts = [['@fontsource-variable/source-sans-3', 'source-sans-3', ['wght-normal']], ['@fontsource-variable/source-serif-4', 'source-serif-4', ['wght-normal', 'wght-italic']], ['@fontsource/ibm-plex-mono', 'ibm-plex-mono', ['400-normal']]];
for (const [folder, name, faces] of fonts) for (const set of ['latin', 'latin-ext']) for (const face of faces) cpSync(`node_modules/${folder}/files/${name}-${set}-${face}.woff2`, `${out}/fonts/${name}-${set}-${face}.woff2`);
cpSync('static/icon.svg', `${out}/icon.svg`);

// Names and licences of everything that went in.
const parts = ['preact', 'htm', 'uplot', 'd3-force', 'd3-dispatch', 'd3-quadtree', 'd3-timer', 'd3-geo', 'd3-array', 'internmap', 'topojson-client', 'world-atlas', '@fontsource-variable/source-sans-3', '@fontsource-variable/source-serif-4', '@fontsource/ibm-plex-mono'];
let notice = 'Third-party parts of the desk\'s pages, with their licences.\n';
for (const part of parts) {
  const about = JSON.parse(readFileSync(`node_modules/${part}/package.json`, 'utf8'));
  const file = readdirSync(`node_modules/${part}`).find(f => /^licen[cs]e/i.test(f));
  notice += `\n${'='.repeat(78)}\n${part} ${about.version} (${about.license})\n${'='.repeat(78)}\n\n${readFileSync(`node_modules/${part}/${file}`, 'utf8').trim()}\n`;
}
writeFileSync(`${out}/NOTICES.txt`, notice);

for (const file of ['desk.js', 'desk.css', 'uplot.js', 'd3.js', 'world-50m.json']) console.log(file, statSync(`${out}/${file}`).size, 'bytes,', gzipSync(readFileSync(`${out}/${file}`)).length, 'gzip');
