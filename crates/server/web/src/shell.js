// What stands around every view: top line with search, filter bar, footer, dialogs.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import { go, link, shared } from './url.js';
import { address, get, useAnswer } from './api.js';
import * as words from './words.js';

const TABS = [['front', 'Front', 'f'], ['events', 'Events', 'e'], ['timeline', 'Timeline', 't'], ['dyad', 'Dyad', 'd'], ['network', 'Network', 'n'], ['map', 'Map', 'm']];

/** Switches between light and dark and remembers it. */
function flip() {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  root.dataset.theme = now === 'dark' ? 'light' : 'dark';
  localStorage.setItem('desk-theme', root.dataset.theme);
}

/** Top line. */
export function Top({ at }) {
  const keep = shared(at.params);
  return html`<header class="top"><div class="wrap">
    <a class="brand" href="/">demarche <small>news desk</small></a>
    <nav class="views" aria-label="Views">${TABS.map(([view, name]) => html`<a href=${link(view, keep)} aria-current=${at.view === view ? 'page' : undefined}>${name}</a>`)}</nav>
    <${Find} at=${at} />
    <div class="acts"><a class="btn solid" href="/paste"><span>Read<span class="mhide"> a page</span></span></a><button class="btn theme" type="button" aria-label="Switch between light and dark" onClick=${flip}><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5" /><path d="M8 1.5a6.5 6.5 0 0 1 0 13Z" fill="currentColor" /></svg></button></div>
  </div></header>`;
}

/** Search field with a list of actors, stories, sentences and views below it. */
function Find({ at }) {
  const [text, set] = useState('');
  const [hits, found] = useState([]);
  const [pick, move] = useState(0);
  const field = useRef(null);
  useEffect(() => {
    const q = text.trim();
    if (!q) { found([]); return undefined; }
    const stop = new AbortController();
    const timer = setTimeout(() => get(address('search', { q }), stop.signal).then(a => { found(choices(a.data, q, at, a.names)); move(0); }, () => found(choices({}, q, at))), 120);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [text]);
  const shut = () => { set(''); found([]); };
  const open = hit => { shut(); field.current?.blur(); go(hit.href); };
  const key = e => {
    if (e.key === 'Escape') { shut(); field.current.blur(); }
    if (e.key === 'ArrowDown' && hits.length) { e.preventDefault(); move((pick + 1) % hits.length); }
    if (e.key === 'ArrowUp' && hits.length) { e.preventDefault(); move((pick + hits.length - 1) % hits.length); }
  };
  const submit = e => {
    e.preventDefault();
    if (hits[pick]) open(hits[pick]);
    else if (text.trim()) open({ href: link('events', { ...shared(at.params), q: text.trim() }) });
  };
  const listed = hits.length > 0;
  return html`<form class="find" role="search" onSubmit=${submit} onFocusOut=${e => !e.currentTarget.contains(e.relatedTarget) && found([])}>
    <label class="vh" for="find">Search events, actors, quotes</label>
    <input id="find" ref=${field} type="search" placeholder="Search or jump" autocomplete="off" role="combobox" aria-expanded=${String(listed)} aria-controls="found" aria-autocomplete="list" aria-activedescendant=${listed ? `hit-${pick}` : undefined} value=${text} onInput=${e => set(e.currentTarget.value)} onKeyDown=${key} />
    <kbd aria-hidden="true">/</kbd>
    <ul class="pal" id="found" role="listbox" aria-label="Found" hidden=${!listed}>${hits.map((hit, i) => html`<li role="option" id=${`hit-${i}`} class=${i === pick ? 'on' : ''} aria-selected=${String(i === pick)} onMouseDown=${e => { e.preventDefault(); open(hit); }}><span class="dim">${hit.kind}</span><span>${hit.text}</span><span>${hit.note}</span></li>`)}</ul>
  </form>`;
}

function choices(data, q, at, names) {
  const keep = shared(at.params);
  const out = [];
  for (const [a, n] of data.actors ?? []) out.push({ kind: 'actor', text: words.named(names, a.name), note: words.many(n, 'event'), href: link('actor', {}, a.id) });
  for (const s of data.stories ?? []) out.push({ kind: 'story', text: s.title, note: words.many(s.articles, 'report'), href: link('story', {}, s.id) });
  for (const p of data.articles ?? []) out.push({ kind: 'page', text: p.title || 'no headline', note: p.outlet ?? '', href: link('article', {}, p.article) });
  for (const [view, name] of TABS) if (name.toLowerCase().startsWith(q.toLowerCase())) out.push({ kind: 'view', text: name, note: '', href: link(view, keep) });
  out.push({ kind: 'text', text: `Events whose text has “${q}”`, note: '', href: link('events', { ...keep, q }) });
  return out;
}

/** Footer with what the database holds. */
export function Base() {
  const { value } = useAnswer(address('status'));
  const s = value?.data;
  return html`<footer class="base"><div class="wrap"><span>Runs on this machine; nothing is sent anywhere.</span>${s && html`<span>${words.many(s.pages, 'page')} read${s.rejected ? `, ${s.rejected} more could not be` : ''}.</span><span>${s.newest ? `Newest page ${words.moment(s.newest)}.` : 'No page yet.'}</span><span>demarche ${s.version}</span>`}<a href="/api/v1/openapi.json">API</a></div></footer>`;
}

/** A dialog that opens when it is drawn and says when it was closed. */
export function Dialog({ title, onClose, children }) {
  const box = useRef(null);
  useEffect(() => { box.current.showModal(); }, []);
  return html`<dialog class="sheet" ref=${box} aria-label=${title} onClose=${onClose} onClick=${e => e.target === box.current && box.current.close()}><div class="inner"><div class="sheethead"><h2>${title}</h2><button class="btn small" type="button" onClick=${() => box.current.close()}>Close <kbd aria-hidden="true">Esc</kbd></button></div>${children}</div></dialog>`;
}

const LIST = [['search, jump', '/'], ['next, previous row', 'j k'], ['open', 'Enter'], ['open in new tab', 'o'], ['up to the list', 'u'], ['previous, next mark', '[ ]'], ['copy link', 'c'], ['why this code', 'x'], ['chart or table', 't'], ['export', 'e'], ['read a page', 'p'], ['front, events, timeline', 'g f, g e, g t'], ['dyad, network, map', 'g d, g n, g m'], ['edge of the brush', 'Shift ← →'], ['zoom of the map', '+ −'], ['close, then clear', 'Esc'], ['this list', '?']];

/** The list of keys. */
export function Keys({ onClose }) {
  const [on, set] = useState(localStorage.getItem('desk-keys') !== 'off');
  const toggle = e => { set(e.currentTarget.checked); localStorage.setItem('desk-keys', e.currentTarget.checked ? 'on' : 'off'); };
  return html`<${Dialog} title="Keys" onClose=${onClose}><div class="keys">${LIST.map(([what, keys]) => html`<div><span>${what}</span><span>${keys.split(' ').map(k => html`<kbd>${k.replace(',', '')}</kbd>${k.endsWith(',') ? ', ' : ' '}`)}</span></div>`)}</div>
    <p class="gap"><label class="inlab"><input type="checkbox" checked=${on} onChange=${toggle} /> Single letters are keys</label></p><//>`;
}

const FORMATS = {
  events: [['csv', 'table for a spreadsheet'], ['jsonl', 'one event a line'], ['geojson', 'places for a map program'], ['atom', 'feed of this search'], ['json', 'this page of the answer']],
  timeline: [['csv', 'days and counts'], ['json', 'as drawn']],
  dyad: [['csv', 'days and counts, both ways'], ['json', 'as drawn']],
  network: [['gexf', 'Gephi and other graph programs'], ['csv', 'list of ties'], ['json', 'as drawn']],
  map: [['geojson', 'places for a map program'], ['csv', 'list of places'], ['json', 'as drawn']],
  front: [['atom', 'feed of the newest stories'], ['json', 'as drawn']],
};

/** Links to the same data in every format that fits, and the command line that gives it. */
export function Export({ at, onClose }) {
  const base = at.id ? `${at.view === 'story' ? 'stories' : `${at.view}s`}/${at.id.split('/').map(encodeURIComponent).join('/')}` : at.view;
  const { pick: _, ...params } = at.params;
  const list = FORMATS[at.view] ?? [['json', 'all of it']];
  const flags = Object.entries(params).filter(([k]) => !['by', 'show', 'sort', 'layers', 'mark', 'min', 'brush', 'since', 'a', 'b'].includes(k)).map(([k, v]) => ` --${k === 'q' ? 'text' : k} ${/^[\w.-]+$/.test(v) ? v : `'${v.replaceAll("'", "'\\''")}'`}`).join('');
  return html`<${Dialog} title="Export what is shown" onClose=${onClose}><ul class="todo">${list.map(([ext, what]) => html`<li><a href=${ext === 'json' ? address(base, params) : address(`${base}.${ext}`, params)} download=${ext === 'json' || ext === 'atom' ? undefined : `demarche-${at.view}.${ext}`}>${ext.toUpperCase()}</a><small>${what}</small></li>`)}</ul>
    ${['events', 'network', 'timeline'].includes(at.view) && html`<p class="gap">The same on the command line:</p><pre class="raw">demarche ${at.view}${flags} --db FILE</pre>`}<//>`;
}
