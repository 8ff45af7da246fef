// One page as it was read: the text with every mark, what was found beside it, and the evidence behind the picked mark.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { go, link } from '../url.js';
import { address, useAnswer } from '../api.js';
import { nest, slicer, within } from '../marks.js';
import { Note, Quad } from '../parts.js';
import { EventCard, NoCard, SaidCard } from '../card.js';
import { View } from './view.js';
import * as words from '../words.js';

const ROLES = [['who', 'who', 'mk-who'], ['did', 'did', 'mk-act q3a'], ['whom', 'to whom', 'mk-whom'], ['where', 'where', 'mk-where'], ['when', 'when', 'mk-when'], ['count', 'how many', 'mk-count'], ['quote', 'quote', 'mk-quote'], ['claim', 'reported claim', 'mk-claim'], ['cue', 'source', 'mk-src'], ['doubt', 'doubt, condition, “not”', 'mk-doubt']];
const SAY = Object.fromEntries(ROLES.map(([r, say]) => [r, say]));
const CLASS = Object.fromEntries(ROLES.map(([r, , cls]) => [r, cls]));

export function Article({ at }) {
  const answer = useAnswer(address(`articles/${encodeURIComponent(at.id)}`));
  const a = answer.value?.data;
  return html`<${View} answer=${answer} what="The page" title=${a?.title || 'Page'} said=${a && words.many(a.events.length, 'event')}>${() => html`<${Reading} a=${a} at=${at} to=${change => link('article', { ...at.params, ...change }, at.id)} />`}<//>`;
}

/** The three columns. `to` makes a link to this page with other parameters; pages that are not kept pick without links. */
export function Reading({ a, at, to, kept = true }) {
  const [local, pickLocal] = useState(null);
  const picked = (kept ? at.params.mark : local) ?? null;
  const pick = id => (kept ? go(to({ mark: id ?? undefined }), Boolean(picked)) : pickLocal(id));
  const layers = at.params.layers ? at.params.layers.split(',') : ROLES.map(r => r[0]);
  const ids = useMemo(() => [...a.events.map(e => e.id), ...a.quotes.map(q => q.id), ...a.claims.map(c => c.id)], [a]);
  useMarkKeys(a, picked, pick);
  const href = id => (kept ? to({ mark: id }) : `#mark-${id}`);
  const choose = id => e => { if (!kept) { e.preventDefault(); pick(id); } };
  return html`<div class="art">
    <aside class="left" aria-label="What was found"><div class="wideonly"><${Index} a=${a} picked=${picked} href=${href} choose=${choose} /><${Layers} a=${a} layers=${layers} at=${at} to=${to} kept=${kept} /></div><${Beside} a=${a} /></aside>
    <article class="body" aria-labelledby="h"><${Head} a=${a} kept=${kept} />
      ${a.notes.map(n => html`<${Note} title="About this page"><p>${n}</p><//>`)}
      <${Body} a=${a} picked=${picked} pick=${pick} layers=${layers} href=${href} choose=${choose} />
      <${WhyNot} a=${a} open=${at.params.explain === 'none'} /></article>
    <aside class=${`right${picked && ids.includes(picked) ? '' : ' idle'}`} aria-label="Evidence" tabindex="0"><${Card} a=${a} picked=${picked} pick=${pick} kept=${kept} /></aside></div>`;
}

function Card({ a, picked, pick, kept }) {
  const event = a.events.find(e => e.id === picked);
  const said = a.quotes.concat(a.claims).find(s => s.id === picked);
  if (event) return html`<${EventCard} a=${a} ev=${event} close=${() => pick(null)} kept=${kept} />`;
  if (said) return html`<${SaidCard} a=${a} said=${said} close=${() => pick(null)} />`;
  return html`<${NoCard} roles=${ROLES} found=${a.events.length} />`;
}

/** `[` and `]` walk over the events in text order. */
function useMarkKeys(a, picked, pick) {
  useEffect(() => {
    const step = e => {
      if (!a.events.length) return;
      const now = a.events.findIndex(x => x.id === picked);
      const next = now < 0 ? (e.detail > 0 ? 0 : a.events.length - 1) : (now + e.detail + a.events.length) % a.events.length;
      pick(a.events[next].id);
    };
    addEventListener('desk:mark', step);
    return () => removeEventListener('desk:mark', step);
  }, [a, picked]);
  useEffect(() => {
    const at = picked && document.querySelector(`.txt mark.on`);
    if (!at) return;
    const box = at.getBoundingClientRect();
    const sheet = innerWidth < 900 ? innerHeight * 0.36 : 0;
    if (box.top < 60 || box.bottom > innerHeight - sheet - 20) at.scrollIntoView({ block: 'center' });
  }, [picked]);
}

function Index({ a, picked, href, choose }) {
  return html`<h2 class="sec">${words.many(a.events.length, 'event')} found</h2>${a.events.length ? html`<ol class="idx">${a.events.map((e, i) => html`<li data-row><a href=${href(e.id)} onClick=${choose(e.id)} class=${picked === e.id ? 'on' : ''} aria-current=${picked === e.id ? 'true' : undefined}><span class="n">${i + 1}</span><${Quad} quad=${e.quad} ghost=${words.modality(e.modality).ghost} /><span>${words.brief(e)}</span></a></li>`)}</ol>` : html`<p class="dim sm">No sentence of this page tells of an event. Below the text stands why.</p>`}`;
}

function Layers({ a, layers, at, to, kept }) {
  const count = role => a.marks.filter(m => m.role === role).length;
  if (!kept) return null;
  const flip = role => {
    const next = layers.includes(role) ? layers.filter(r => r !== role) : [...layers, role];
    go(to({ layers: next.length === ROLES.length ? undefined : next.join(',') || 'none' }), true);
  };
  return html`<h2 class="sec sp">Marks</h2><div class="layers" role="group" aria-label="Marks shown">${ROLES.filter(([r]) => count(r)).map(([role, say, cls]) => html`<label><input type="checkbox" checked=${layers.includes(role)} onChange=${() => flip(role)} /><span><mark class=${cls}>${say}</mark></span><span class="dim num">${count(role)}</span></label>`)}</div>`;
}

function Head({ a, kept }) {
  return html`<p class="crumb">${kept ? html`<a href="/events">Events</a> / ` : ''}${a.outlet ?? 'outlet not stated'}</p><h1 id="h">${a.title || 'No headline found'}</h1>
    <div class="meta"><span><b>${a.outlet ?? 'outlet not stated'}</b></span>${a.agency && html`<span>agency <b>${a.agency}</b></span>`}<span>${a.published ? html`${words.moment(a.published.at)}${zone(a.published.at)} <span class="nw">(${how(a.published.how)})</span>` : 'no date found'}</span>
    ${a.copy_of && html`<span>${said(a.copy_of)} <a href=${link('article', {}, a.copy_of.article)}>${a.copy_of.outlet ?? 'another page'}</a></span>`}${a.story && html`<span><a href=${link('story', {}, a.story)}>All reports of this story</a></span>`}</div>`;
}

const zone = iso => (/[+-]\d\d:\d\d$/.test(iso) ? ` ${iso.slice(-6).replace('-', '−')}` : '');
const how = m => ({ 'json-ld': 'from page data', given: 'given', url: 'from the address', byline: 'from the byline', 'visible-line': 'from the date line' }[m] ?? (m.startsWith('meta') ? 'from page data' : m));
const said = c => ({ copy: `${Math.round(c.share * 100)} % the same words as`, retold: 'tells in other words what stands in', derived: `shares ${Math.round(c.share * 100)} % of its words with`, agency: 'same agency text as', owner: 'same owner as', cites: 'follows' }[c.kind] ?? 'follows');

/** What stands on the page beside the article, by kind: what each is called, one and several, and the line that marks it. */
const KINDS = { standfirst: ['standfirst', 'standfirsts', 'frame'], caption: ['caption', 'captions', 'cap'], image: ['picture file', 'picture files', 'cap'], byline: ['byline', 'bylines', 'frame'], published: ['date line', 'date lines', 'frame'], section: ['section line', 'section lines', 'frame'], ticker: ['ticker line', 'ticker lines', 'tick'], related: ['link to another article', 'links to other articles', 'rel'], tags: ['tag line', 'tag lines', 'rel'], comment: ['reader comment', 'reader comments', 'talk'], share: ['share or sign-up line', 'share and sign-up lines', 'nav'], navigation: ['menu or footer line', 'menu and footer lines', 'nav'], advertisement: ['advertisement', 'advertisements', 'nav'], other: ['other piece', 'other pieces', 'nav'] };

/** Captions, tickers, related links and the rest: folded, marked by kind, never coded, and all there. */
function Beside({ a }) {
  const slice = useMemo(() => slicer(a.text), [a]);
  const pieces = a.blocks.filter(b => b.kind !== 'body' && b.why !== 'headline' && b.span[1] > b.span[0]);
  if (!pieces.length) return null;
  const groups = Object.keys(KINDS).map(kind => [kind, pieces.filter(b => (KINDS[b.why] ? b.why : 'other') === kind)]).filter(g => g[1].length);
  const cut = ([from, to]) => `${slice(from, Math.min(to, from + 240))}${to > from + 240 ? '…' : ''}`;
  return html`<h2 class="sec sp">Beside the article</h2><div class="beside">${groups.map(([kind, list]) => html`<details class=${`bs-${KINDS[kind][2]}`}><summary>${words.many(list.length, KINDS[kind][0], KINDS[kind][1])}</summary><ul>${list.map(b => html`<li dir="auto"><bdi>${cut(b.span)}</bdi></li>`)}</ul></details>`)}</div><p class="dim sm">On the page, not of the article: set aside and not read for events.</p>`;
}

/** The body blocks with their marks. */
function Body({ a, picked, pick, layers, href, choose }) {
  const slice = useMemo(() => slicer(a.text), [a]);
  const body = a.blocks.filter(b => b.kind === 'body');
  const marks = a.marks.filter(m => layers.includes(m.role));
  const tags = new Set();
  const numbers = new Map(a.events.map((e, i) => [e.fields.did?.[0]?.span?.join(' '), []]));
  a.events.forEach((e, i) => numbers.get(e.fields.did?.[0]?.span?.join(' '))?.push({ n: i + 1, e }));
  const refs = m => (m.role === 'did' && !m.tail ? (numbers.get(m.span.join(' ')) ?? []) : []);
  const draw = part => {
    if (!part.mark) return slice(part.a, part.b);
    const m = part.mark;
    const on = picked && m.of.includes(picked);
    const first = on && m.role !== 'cue' && !tags.has(m.role) && tags.add(m.role);
    const quad = m.role === 'did' ? a.events.find(e => m.of.includes(e.id))?.quad : null;
    const cls = `${m.role === 'did' ? `mk-act q${quad}a` : CLASS[m.role] ?? ''}${on ? ' on' : ''}`;
    const click = e => { e.stopPropagation(); if (e.target.closest('a')) return; const next = m.of.find(id => id !== picked && a.events.some(x => x.id === id)) ?? m.of.find(id => id !== picked) ?? m.of[0]; pick(next === picked ? null : next); };
    return html`<mark class=${cls} data-role=${first ? SAY[m.role] : undefined} data-of=${m.of.join(' ')} title=${SAY[m.role]} onClick=${click}>${part.parts.map(draw)}</mark>${refs(m).map(({ n, e }) => html`<a class=${`ref${picked === e.id ? ' on' : ''}`} href=${href(e.id)} onClick=${choose(e.id)} aria-label=${`Event ${n}: ${words.brief(e)}`}>${n}</a>`)}`;
  };
  const block = b => {
    const parts = nest(within(marks, b.span[0], b.span[1]), b.span[0], b.span[1]).map(draw);
    if (b.why === 'subheading') return html`<h2 class="sub">${parts}</h2>`;
    if (b.why === 'block_quote') return html`<blockquote class="bq"><p>${parts}</p></blockquote>`;
    return html`<p class=${b.why === 'list_item' ? 'li' : ''}>${parts}</p>`;
  };
  return html`<div class="txt" dir="auto">
    ${body.length ? body.map(block) : html`<${Note} title="No article text"><p>The page holds no running text: only what is listed as beside the article.</p><//>`}</div>`;
}

/** Predicates that were looked at and gave no event. */
function WhyNot({ a, open }) {
  const slice = slicer(a.text);
  if (!a.no_event.length) return null;
  return html`<details class="fold" open=${open}><summary>${words.many(a.no_event.length, 'verb')} looked at without an event, and why</summary><div class="tw" tabindex="0" role="region" aria-label="Verbs without an event"><table><thead><tr><th scope="col">Word</th><th scope="col">Around it</th><th scope="col">Reason</th></tr></thead><tbody>${a.no_event.map(n => html`<tr><th scope="row">${slice(...n.span)}</th><td class="serif">${around(slice, n.span, a.text.length)}</td><td>${n.reason}${n.note ? html` <span class="dim">${n.note}</span>` : ''}</td></tr>`)}</tbody></table></div></details>`;
}

const around = (slice, [a, b], max) => `…${slice(Math.max(0, a - 28), Math.min(max, b + 32)).replaceAll('\n', ' ')}…`;
