// Bundles the desk's pages into dist/. Run `npm ci && node build.mjs`; the result is committed, so cargo needs no Node.
import { build } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const out = 'dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/fonts`, { recursive: true });

const common = { bundle: true, minify: true, format: 'esm', target: ['es2022'], charset: 'utf8', legalComments: 'none', logLevel: 'warning' };
// One script for what stands around every view, one a view; what several need lies in part/.
const views = readdirSync('src/pages').map(f => f.replace('.js', '')).filter(v => v !== 'view');
const scripts = await build({ ...common, splitting: true, metafile: true, outdir: out, chunkNames: 'part/[hash]', entryPoints: [{ in: 'src/main.js', out: 'desk' }, ...views.map(v => ({ in: `src/pages/${v}.js`, out: `page/${v}` }))] });
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
const parts = ['preact', 'htm', 'uplot', 'd3-force', 'd3-dispatch', 'd3-quadtree', 'd3-timer', 'd3-geo', 'd3-array', 'internmap', 'topojson-client', 'world-atlas', 'graphology', 'graphology-utils', 'sigma', 'events', '@fontsource-variable/source-sans-3', '@fontsource-variable/source-serif-4', '@fontsource/ibm-plex-mono'];
let notice = 'Third-party parts of the desk\'s pages, with their licences.\n';
for (const part of parts) {
  const about = JSON.parse(readFileSync(`node_modules/${part}/package.json`, 'utf8'));
  const file = readdirSync(`node_modules/${part}`).find(f => /^licen[cs]e/i.test(f));
  notice += `\n${'='.repeat(78)}\n${part} ${about.version} (${about.license})\n${'='.repeat(78)}\n\n${readFileSync(`node_modules/${part}/${file}`, 'utf8').trim()}\n`;
}
writeFileSync(`${out}/NOTICES.txt`, notice);

// The list of files for the program, and what each view is told to fetch at once.
const all = readdirSync(out, { recursive: true, withFileTypes: true }).filter(f => f.isFile()).map(f => `${f.parentPath}/${f.name}`.slice(out.length + 1)).sort();
const needs = new Map();
const reach = file => { if (needs.has(file)) return needs.get(file); const found = new Set([file]); needs.set(file, found); for (const i of scripts.metafile.outputs[`${out}/${file}`].imports) if (i.kind === 'import-statement') for (const f of reach(i.path.slice(out.length + 1))) found.add(f); return found; };
const first = view => [...new Set([...reach(`page/${view}.js`), ...reach('desk.js')])].filter(f => f !== 'desk.js').sort();
const quoted = list => list.map(f => `"${f}"`).join(', ');
writeFileSync(`${out}/files.rs`, `// Made by build.mjs.

/// All files, by name.
static FILES: &[(&str, &[u8])] = &[
${all.map(f => `    ("${f}", include_bytes!("${f}")),`).join('\n')}
];

/// Scripts beside desk.js that each view begins with.
static FIRST: &[(&str, &[&str])] = &[
${views.sort().map(v => `    ("${v}", &[${quoted(first(v))}]),`).join('\n')}
];
`);

const gz = files => files.reduce((sum, f) => sum + gzipSync(readFileSync(`${out}/${f}`)).length, 0);
for (const view of views) console.log(view.padEnd(10), gz(['desk.js', ...first(view)]), 'bytes of script, gzip');
for (const file of ['desk.css', 'uplot.js', 'd3.js', 'world-50m.json']) console.log(file.padEnd(10), gz([file]), 'bytes, gzip');
