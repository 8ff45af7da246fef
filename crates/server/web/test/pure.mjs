// Tests of what needs no browser: the address as state, nesting of marks, tokens' contrast. Run: node test/pure.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { link, query, read } from '../src/url.js';
import { nest, slicer, within } from '../src/marks.js';

let seed = 7;
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) % n; };

// Address: view to link and back; order does not matter; defaults are left out; bad values are named.
{
  const state = { a: 'PER', b: 'ECU', brush: '2031-03-09..2031-03-14', from: '2031-03-01', type: 'ACCUSE,REJECT', q: 'two words' };
  const href = link('dyad', state);
  const at = read(...href.split(/(?=\?)/));
  assert.deepEqual(at.params, state);
  const shuffled = new URLSearchParams(Object.entries(state).reverse());
  assert.equal(link('dyad', read('/dyad', `?${shuffled}`).params), href);
  assert.deepEqual(read('/events', '?sort=independent&ind=1').params, {});
  assert.equal(query({ by: 'day', ind: '1' }), '');
  const bad = read('/events', '?from=yesterday&nope=1&quad=7&brush=2031-03-01..x');
  assert.deepEqual(bad.params, {});
  assert.equal(bad.bad.length, 4);
  assert.deepEqual([read('/actor/country/PER', '').id, read('/story/x/y', '').view, read('/%E0%A4%A', '').view], ['country/PER', 'missing', 'missing']);
}

// Marks: whatever the spans, the text comes out whole and in order, and each span covers its characters.
const flat = parts => parts.flatMap(p => (p.mark ? flat(p.parts) : [[p.a, p.b]]));
function covered(parts, id, inside = false) {
  return parts.flatMap(p => (p.mark ? covered(p.parts, id, inside || p.mark.id === id) : inside ? [[p.a, p.b]] : []));
}
for (let round = 0; round < 400; round++) {
  const text = [...Array(random(60) + 2)].map(() => ['a', ' ', '<', '&', 'é', '𝔘', 'ש', '\u202e'][random(8)]).join('');
  const n = [...text].length;
  const marks = [...Array(random(12))].map((_, id) => { const a = random(n); return { id, role: ['who', 'did', 'quote', 'doubt', 'when'][random(5)], span: [a, Math.min(n, a + 1 + random(12))], of: [`e${id}`] }; });
  const cut = within(marks, 0, n);
  const parts = nest(cut.map(m => ({ ...m })), 0, n);
  const slice = slicer(text);
  assert.equal(flat(parts).map(([a, b]) => slice(a, b)).join(''), text);
  for (const m of cut) assert.equal(covered(parts, m.id).map(([a, b]) => slice(a, b)).join(''), slice(m.a, m.b), JSON.stringify({ text, marks }));
}

// Tokens: text at least 4.5, signs and borders at least 3, in both themes, on every surface.
{
  const css = readFileSync(new URL('../src/css/tokens.css', import.meta.url), 'utf8');
  const token = name => css.match(new RegExp(`--${name}:light-dark\\((#\\w+),(#\\w+)\\)`)).slice(1);
  const light = hex => { const c = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255).map(v => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
  const contrast = (x, y) => { const [a, b] = [light(x), light(y)].sort((p, q) => q - p); return (a + 0.05) / (b + 0.05); };
  const needs = { ink: 4.5, 'ink-2': 4.5, 'ink-3': 4.5, edge: 3, focus: 3, q1: 4.5, q2: 4.5, q3: 4.5, q4: 4.5, 'r-actor': 4.5, 'r-where': 4.5, 'r-doubt': 4.5, 'r-speech': 4.5 };
  for (const [name, least] of Object.entries(needs)) for (const surface of ['paper', 'sheet', 'well']) for (const theme of [0, 1]) {
    const got = contrast(token(name)[theme], token(surface)[theme]);
    assert.ok(got >= least, `${name} on ${surface}: ${got.toFixed(2)} < ${least}`);
  }
}

// Words and styles: no style attributes or markup from strings in the sources, no colour outside the tokens.
{
  const list = ['main', 'shell', 'parts', 'filter', 'card', 'comb', 'bars', 'lines', 'marks', 'api', 'pages/front', 'pages/article', 'pages/events', 'pages/timeline', 'pages/dyad', 'pages/network', 'pages/map', 'pages/story', 'pages/actor', 'pages/paste'];
  for (const name of list) {
    const source = readFileSync(new URL(`../src/${name}.js`, import.meta.url), 'utf8');
    for (const bad of ['innerHTML', 'dangerouslySet', 'style=', 'insertAdjacentHTML', 'document.write', 'eval(']) assert.ok(!source.includes(bad), `${name}: ${bad}`);
    assert.ok(!/#[0-9a-f]{6}\b/i.test(source), `${name}: colour literal`);
  }
  const css = readFileSync(new URL('../src/css/desk.css', import.meta.url), 'utf8');
  assert.ok(!/#[0-9a-f]{3,8}[;,) ]/i.test(css.replace(/#(cols|desk)\b/g, '')), 'desk.css: colour literal');
}
console.log('pure: ok');
