// Small parts of the design: signs, pills, origin dots, sentences, notices, grey lines, figures with their tables.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { link } from './url.js';
import { useSlow } from './api.js';
import * as words from './words.js';

const DIAMOND = 'M7 1L13 7L7 13L1 7Z';

/** The sign of a quad class: round or angular, hollow or solid; dotted when it did not happen. */
export function Quad({ quad, ghost = false, say }) {
  const label = say ?? `${words.QUADS[quad]?.name ?? 'no class'}${ghost ? ', did not happen' : ''}`;
  return html`<svg class=${`q q${quad}${ghost ? ' ghost' : ''}`} viewBox="0 0 14 14" role="img" aria-label=${label}>${quad <= 2 ? html`<circle cx="7" cy="7" r="5" />` : html`<path d=${DIAMOND} />`}</svg>`;
}

/** The key of the four signs. */
export const Key = () => html`<div class="key">${[1, 2, 3, 4].map(q => html`<span><${Quad} quad=${q} />${words.QUADS[q].say}</span>`)}</div>`;

/** The word of a modality; the border repeats it. */
export const Mod = ({ modality }) => html`<span class=${`mod ${words.modality(modality).cls}`}>${words.modality(modality).say}</span>`;

/** Sign, type word and modality of an event. */
export function Kick({ ev, children }) {
  const m = words.modality(ev.modality);
  return html`<p class="kick"><span class=${`ty q${ev.quad}t`}><${Quad} quad=${ev.quad} ghost=${m.ghost} />${words.typeWord(ev.type, ev.mode)}</span><${Mod} modality=${ev.modality} />${children}</p>`;
}

/** Origins and their copies: a solid dot and a ring for each copy of it, at most 16 signs. */
export function Dots({ groups }) {
  const marks = [];
  let x = 5;
  let left = 16;
  for (const [g, size] of groups.entries()) {
    if (left <= 0) break;
    const show = Math.min(size, left);
    left -= show;
    if (show > 1) marks.push(html`<path class="t" d=${`M${x} 6H${x + 9 * (show - 1)}`} />`);
    for (let i = 0; i < show; i++) marks.push(html`<circle class=${i ? 'c' : 'o'} cx=${x + 9 * i} cy="6" r=${i ? 3 : 4.5} />`);
    x += 9 * (show - 1) + (g < groups.length - 1 ? 15 : 0);
  }
  const rest = groups.reduce((a, b) => a + b, 0) - (16 - Math.max(left, 0));
  return html`<svg width=${x + 5} height="12" aria-hidden="true">${marks}</svg>${rest > 0 && html`<span class="num">+${rest}</span>`}`;
}

/** The dots with their words, as one link to the reports. */
export const Ind = ({ ev, href }) => html`<a class="ind" href=${href ?? link('story', { pick: ev.id }, ev.story)}><${Dots} groups=${ev.groups} /><u>${words.reports(ev.articles, ev.independent)}</u></a>`;

/** A sentence with the words of the act set off. */
export function Sentence({ ev }) {
  const chars = [...ev.text];
  const [a, b] = ev.act ?? [0, 0];
  const cut = (from, to) => chars.slice(from, to).join('');
  return b > a ? html`${cut(0, a)}<b class=${`c${ev.quad}`}>${cut(a, b)}</b>${cut(b)}` : ev.text;
}

/** One event as a sentence in a list. */
export function Sent({ ev, picked }) {
  return html`<article class=${`sent${picked ? ' on' : ''}`} id=${`ev-${ev.id}`}><${Kick} ev=${ev}><span class="dim">${words.day(ev.day, false)}</span><//>
    <p class="s"><a class="plain" href=${link('article', { mark: `e${ev.number}` }, ev.article)}><${Sentence} ev=${ev} /></a></p>
    <div class="foot kick"><${Ind} ev=${ev} /><span class="dim">${ev.outlet ?? 'outlet not stated'}</span></div></article>`;
}

/** One statement in a list: word for word in quotation marks, else the cue before the words, so that a denial reads as one. */
export function Quote({ q, meta }) {
  const direct = q.kind === 'direct' || q.kind === 'mixed';
  const shown = q.kind === 'direct' ? html`<q>${q.text}</q>` : html`${q.cue && html`<span class=${`mod ${/^(deny|reject|refuse|dismiss|refute|dispute)/.test(q.cue) ? 'm-not' : 'm-said'}`}>${q.cue}</span> `}<span class="serif ind2">${q.text}</span>`;
  return html`<div class="said"><a class="plain" href=${link('article', { mark: q.mark ?? undefined }, q.article)}>${shown}</a><p>${meta}${direct ? '' : ' · in other words'}</p></div>`;
}

/** Arrow between doer and receiver. */
export const Arrow = () => html`<span class="inl"><svg width="15" height="9" viewBox="0 0 15 9" aria-hidden="true"><path d="M0 4.5H13M9.5 1L13.2 4.5L9.5 8" fill="none" stroke="currentColor" stroke-width="1.5" /></svg></span><span class="vh"> to </span>`;

/** Actors of one side, each a link. */
export function Side({ list }) {
  if (!list.length) return html`<span class="dim">nobody named</span>`;
  const seen = new Set();
  const once = list.filter(a => !seen.has(a.name) && seen.add(a.name));
  return once.map((a, i) => html`${i > 0 && (i === once.length - 1 ? ' and ' : ', ')}${a.id ? html`<a href=${link('actor', {}, a.id)}>${a.name}</a>` : a.name}`);
}

/** A note (bar) or a problem (double bar). */
export const Note = ({ title, bad = false, alert = false, children }) => html`<div class=${`note${bad ? ' bad' : ''}`} role=${alert ? 'alert' : undefined}><h2>${title}</h2>${children}</div>`;

/** Grey lines in the place of what loads, after 150 ms. */
export function Waiting({ loading, what }) {
  const slow = useSlow(loading);
  if (!loading) return null;
  return html`<div role="status" aria-busy="true">${slow && html`<span class="vh">Loading ${what}</span><div class="sk hd"></div><div class="sk w1"></div><div class="sk w2"></div><div class="sk w3"></div>`}</div>`;
}

/** What failed, what still works, what to do. */
export const Failed = ({ error, again, what }) => html`<${Note} bad=${true} alert=${true} title=${`${what} could not be shown`}>
  <p>${error.title}. ${error.detail}</p><p class="cardacts">${again && html`<button class="btn small" type="button" onClick=${again}>Try again</button>`}<a class="btn small" href="/">Front</a></p><//>`;

/** A parameter of the filter as a reader says it. */
const LIMITS = { ind: v => `“${v} or more independent”`, q: v => `“${v}”`, from: v => `“since ${words.day(v)}”`, to: v => `“until ${words.day(v)}”`, brush: v => words.days(...v.split('..')), type: v => v.split(',').map(t => words.typeWord(t)).join(', '), quad: v => v.split(',').map(n => words.QUADS[n]?.say ?? n).join(', '), modality: v => v.split(',').map(m => words.modality(m).say).join(', ') };

/** Nothing matches: names the filters and offers to drop each. */
export function Nothing({ params, view, id, total }) {
  const set = Object.entries(params).filter(([k]) => !['by', 'show', 'sort', 'pick', 'a', 'b', 'since', 'mark', 'layers'].includes(k));
  if (!set.length) return total === 0 || total === undefined ? html`<${EmptyBase} />` : html`<${Note} title="Nothing here yet"><p>No event fits this view.</p><//>`;
  return html`<${Note} title="No events match"><p>${set.length === 1 ? 'One filter stands' : `${set.length} filters stand`} between this view and ${total ? words.many(total, 'event') : 'the events'}.</p>
    <p class="cardacts">${set.map(([k, v]) => html`<a class="btn small" href=${link(view, { ...params, [k]: undefined }, id)}>Drop ${LIMITS[k]?.(v) ?? `${k} ${v}`}</a>`)}<a class="btn small" href=${link(view, {}, id)}>Clear filters</a></p><//>`;
}

/** An empty database. */
export const EmptyBase = () => html`<${Note} title="Nothing read yet"><p>Paste a page, or point the program at a folder, an archive or a feed:</p><p><code>demarche add pages/*.html --db FILE</code></p>
  <p>To look around first: <code>demarche demo</code> reads the sample pages that come with the program.</p><p class="cardacts"><a class="btn small solid" href="/paste">Read a page</a></p><//>`;

const TWIN = 'desk-twins';
/** A chart with its title, key, drawing and the table that holds the same numbers. */
export function Figure({ title, side: beside, summary, table, children, last }) {
  const [open, set] = useState(localStorage.getItem(TWIN) === 'open');
  const toggled = e => { set(e.currentTarget.open); };
  return html`<figure class="fig gap2"><figcaption><b>${title}</b>${beside}</figcaption><div class="draw">${children}</div>${last}
    <details class="twin-table" open=${open} onToggle=${toggled}><summary>${summary}</summary>${open && html`<div class="tw" tabindex="0" role="region" aria-label=${title}>${table}</div>`}</details></figure>`;
}

/** `t`: opens or closes every table beside a chart, and remembers it. */
export function toggleTwins() {
  const all = [...document.querySelectorAll('details.twin-table')];
  const open = !all.some(d => d.open);
  localStorage.setItem(TWIN, open ? 'open' : 'shut');
  for (const d of all) d.open = open;
}

/** Says one polite line to a screen reader. */
export function say(text) {
  const at = document.getElementById('said');
  if (at && at.textContent !== text) at.textContent = text;
}
