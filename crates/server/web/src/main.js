// The desk: reads the address, draws the view it names, and listens to keys and links.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { go, link, query, read, shared } from './url.js';
import { Base, Export, Keys, Top } from './shell.js';
import { Failed, Note, toggleTwins } from './parts.js';

/** Scripts of the views, each fetched when it is first shown. */
const SCRIPTS = {
  front: () => import('./pages/front.js').then(m => m.Front), article: () => import('./pages/article.js').then(m => m.Article),
  events: () => import('./pages/events.js').then(m => m.Events), timeline: () => import('./pages/timeline.js').then(m => m.Timeline),
  dyad: () => import('./pages/dyad.js').then(m => m.Dyad), network: () => import('./pages/network.js').then(m => m.Network),
  map: () => import('./pages/map.js').then(m => m.Map), story: () => import('./pages/story.js').then(m => m.Story),
  actor: () => import('./pages/actor.js').then(m => m.Actor), paste: () => import('./pages/paste.js').then(m => m.Paste),
};
const VIEWS = { missing: Missing };

/** Done when the view can be drawn, or cannot be had. */
const ready = async view => {
  if (VIEWS[view]) return;
  try { VIEWS[view] = await SCRIPTS[view](); } catch { /* drawn as absent; the next visit tries again */ }
};

function Missing() {
  return html`<main id="main" tabindex="-1"><div class="wrap"><h1>No such page</h1><p class="deck">This address names no view of the desk. <a href="/">Go to the front</a> or press <kbd>/</kbd> to search.</p></div></main>`;
}

function Absent() {
  return html`<main id="main" tabindex="-1"><div class="wrap"><h1 class="vh">Not loaded</h1><${Failed} what="This view" error=${{ title: 'Its script did not load', detail: 'Is demarche serve still running?' }} again=${() => location.reload()} /></div></main>`;
}

const here = () => read(location.pathname, location.search);

function Desk() {
  const [at, set] = useState(here);
  const [sheet, open] = useState(null);
  useEffect(() => {
    const moved = async () => {
      open(null);
      await ready(here().view);
      set(old => {
        const next = here();
        if (next.view !== old.view || next.id !== old.id) {
          scrollTo(0, 0);
          requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
        }
        return next;
      });
    };
    addEventListener('popstate', moved);
    addEventListener('desk:moved', moved);
    return () => { removeEventListener('popstate', moved); removeEventListener('desk:moved', moved); };
  }, []);
  useEffect(() => {
    const want = location.pathname + query(at.params);
    if (at.bad.length === 0 && want !== location.pathname + location.search) history.replaceState(null, '', want);
  }, [at]);
  useEffect(() => keys(open), []);
  const View = VIEWS[at.view] ?? Absent;
  return html`<a class="skip" href="#main">Skip to content</a><${Top} at=${at} />
    ${at.bad.length > 0 && html`<div class="wrap gap"><${Note} title="Part of the link was not understood"><p>${at.bad.join(', ')} was left out. The rest is shown.</p><//></div>`}
    <${View} at=${at} onExport=${() => open('export')} key=${`${at.view}/${at.id}`} /><${Base} /><p class="vh" id="said" role="status"></p>
    ${sheet === 'keys' && html`<${Keys} onClose=${() => open(null)} />`}${sheet === 'export' && html`<${Export} at=${at} onClose=${() => open(null)} />`}`;
}

/** Links inside the desk change the view without loading the page. */
document.addEventListener('click', e => {
  const a = e.target.closest?.('a[href]');
  if (!a || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || a.target || a.hasAttribute('download')) return;
  const href = a.getAttribute('href');
  if (href.startsWith('#')) { e.preventDefault(); const to = document.getElementById(href.slice(1)); to?.focus(); to?.scrollIntoView(); return; }
  if (!href.startsWith('/') || href.startsWith('//') || href.startsWith('/api/') || href.startsWith('/static/')) return;
  e.preventDefault();
  go(href);
});

const VIEW_KEYS = { f: 'front', e: 'events', t: 'timeline', d: 'dyad', n: 'network', m: 'map' };
let went = 0;

/** Rows that `j` and `k` walk over: those of the main list of the view. */
const rows = () => [...document.querySelectorAll('[data-row]')];

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex(r => r.classList.contains('sel'));
  const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by))];
  for (const r of all) r.classList.toggle('sel', r === next);
  const link = next.querySelector('a.go') ?? next.querySelector('a');
  link?.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
  if (now === all.length - 1 && by > 0) document.querySelector('[data-more]')?.click();
}

function keys(open) {
  const press = e => {
    // The address, not the view drawn: its script may still be on the way.
    const at = here();
    const field = /^(input|textarea|select)$/i.test(e.target.tagName) || e.target.isContentEditable;
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') { e.preventDefault(); document.getElementById('find')?.focus(); return; }
    if (field || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    const off = localStorage.getItem('desk-keys') === 'off';
    if (off && /^[a-z]$/i.test(e.key)) return;
    if (went && Date.now() - went < 1200) {
      went = 0;
      if (VIEW_KEYS[e.key]) { e.preventDefault(); go(link(VIEW_KEYS[e.key], shared(at.params))); return; }
    }
    const todo = {
      '/': () => document.getElementById('find')?.focus(), g: () => { went = Date.now(); }, j: () => step(1), k: () => step(-1),
      o: () => { const a = document.querySelector('[data-row].sel a.go, [data-row].sel a'); if (a) window.open(a.href, '_blank', 'noopener'); },
      u: () => go(link(['article', 'story', 'actor'].includes(at.view) ? 'events' : 'front', shared(at.params))),
      e: () => open('export'), '?': () => open('keys'), t: toggleTwins, p: () => go('/paste'),
      c: () => navigator.clipboard?.writeText(location.href),
      '[': () => dispatchEvent(new CustomEvent('desk:mark', { detail: -1 })), ']': () => dispatchEvent(new CustomEvent('desk:mark', { detail: 1 })),
      x: () => dispatchEvent(new Event('desk:why')), '+': () => dispatchEvent(new CustomEvent('desk:zoom', { detail: 1 })), '-': () => dispatchEvent(new CustomEvent('desk:zoom', { detail: -1 })),
      Escape: () => escape(at),
    }[e.key];
    if (todo) { if (e.key !== 'Escape') e.preventDefault(); todo(); }
  };
  document.addEventListener('keydown', press);
  return () => document.removeEventListener('keydown', press);
}

/** Closes what is picked, then clears the brush. */
function escape(at) {
  const { params, view, id } = at;
  if (params.pick || params.mark) go(link(view, { ...params, pick: undefined, mark: undefined }, id));
  else if (params.brush) go(link(view, { ...params, brush: undefined }, id));
}

await ready(here().view);
render(html`<${Desk} />`, document.getElementById('desk'));
