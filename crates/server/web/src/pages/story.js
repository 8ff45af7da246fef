// One story: its reports, who copied whom, where they differ, and the events they tell of.
import { useEffect } from 'preact/hooks';
import { html } from '../html.js';
import { link } from '../url.js';
import { address, useAnswer } from '../api.js';
import { Comb } from '../comb.js';
import { Dots, Kick, Note, Quote, Sent, Side } from '../parts.js';
import { Decide } from '../decide.js';
import { View } from './view.js';
import * as words from '../words.js';

export function Story({ at }) {
  const answer = useAnswer(address(`stories/${encodeURIComponent(at.id)}`));
  const s = answer.value?.data;
  useEffect(() => { if (s && at.params.pick) document.getElementById(`ev-${at.params.pick}`)?.scrollIntoView({ block: 'center' }); }, [s, at.params.pick]);
  return html`<${View} answer=${answer} what="The story" title=${s?.headline ?? s?.title ?? 'Story'} said=${s && words.reports(s.counts.articles, s.counts.independent)}>${() => html`<${Page} s=${s} at=${at} heir=${s.moved} again=${answer.again} />`}<//>`;
}

const groups = s => s.origins.map(o => 1 + o.copies.length).sort((a, b) => b - a);

function Page({ s, at, heir, again }) {
  const ev = s.ev;
  const disputed = s.points.filter(p => p.state === 'disputed').length;
  const about = [...new Set(s.points.map(p => words.point(p.about)))];
  return html`<p class="crumb"><a href="/events">Events</a> / Story <span class="mono">${s.id}</span></p>
    ${heir && html`<${Note} title="Merged"><p>The story in the link was merged into this one.</p><//>`}
    ${ev && html`<${Kick} ev=${ev}><span class="dim">${[ev.place?.name, words.longDay(ev.day)].filter(Boolean).join(', ')}</span><//>`}
    <h1 class="big">${s.headline || s.title || 'No headline'}</h1>
    <p class="deck">${words.reports(s.counts.articles, s.counts.independent)}${s.counts.articles > 1 ? html`, from ${words.many(s.counts.outlets, 'outlet')}` : ''}. ${s.points.length === 0 ? 'They do not contradict each other on anything that could be compared.' : `They differ on ${list(about)}${disputed ? '' : '; later reports replace earlier ones'}.`}</p>
    <div class="cols gap2"><div class="stack">
      ${s.points.length > 0 && html`<${Points} s=${s} point=${at.params.point} />`}
      <${Copies} s=${s} />
      <section aria-labelledby="evs"><h2 class="sec" id="evs"><span>${words.many(s.events.length, 'event')}</span><span class="more">most independent reports first</span></h2>${[...s.events].sort((x, y) => y.independent - x.independent || (x.day ?? '').localeCompare(y.day ?? '')).map(e => html`<div data-row><${Sent} ev=${e} picked=${at.params.pick === e.id} /></div>`)}${s.events.length === 0 && html`<p class="dim">No sentence of these reports tells of an event.</p>`}</section>
    </div><aside class="rail" aria-label="Beside the story">${ev && html`<${Shared} s=${s} ev=${ev} />`}<${Growth} s=${s} /><${Best} s=${s} /><${Why} s=${s} /><${Decide} s=${s} again=${again} /></aside></div>`;
}

const list = words_ => (words_.length < 2 ? words_.join('') : `${words_.slice(0, -1).join(', ')} and ${words_.at(-1)}`);

/** Which origin a report belongs to. */
function originOf(s) {
  const of = new Map();
  for (const o of s.origins) { of.set(o.article, o); for (const c of o.copies) of.set(c.article, o); }
  return of;
}

function Points({ s }) {
  const of = originOf(s);
  const name = o => o.outlet ?? 'outlet not stated';
  const used = s.origins.filter(o => s.points.some(p => p.sides.some(x => x.reports.some(r => of.get(r) === o))));
  const answers = (p, o) => p.sides.filter(x => x.reports.some(r => of.get(r) === o));
  return html`<section aria-labelledby="dis"><h2 class="sec" id="dis"><span>${words.many(s.points.length, 'point')} told differently</span><span class="more">only origins get a column</span></h2>
    <div class="tw" tabindex="0" role="region" aria-label="Points told differently"><table class="split cards"><thead><tr><th scope="col">Point</th>${used.map(o => html`<th scope="col">${name(o)}</th>`)}</tr></thead><tbody>${s.points.map(p => html`<tr><th scope="row">${words.point(p.about)}<br /><span class=${`mod ${p.state === 'disputed' ? 'm-split' : ''}`}>${p.state}</span></th>${used.map(o => { const a = answers(p, o); return html`<td data-l=${name(o)}>${a.length ? a.map(x => html`<span class="ans">${x.value}</span><span class="by"><a href=${link('article', {}, x.reports.find(r => of.get(r) === o))}>${x.since ? `since ${words.day(x.since, false)}` : 'read it'}</a></span>`) : html`<span class="dim">not stated</span>`}</td>`; })}</tr>`)}</tbody></table></div></section>`;
}

const HOW = { words: 'the same words', credit: 'joined by its credit line', rewrite: 'rewritten', owner: 'same owner', cites: 'names it as its source' };
const share = c => (c.how === 'words' ? `${Math.round(c.share * 100)} % the same words` : HOW[c.how] ?? c.how);

function Copies({ s }) {
  const n = s.origins.length;
  const tree = html`<ul class="tree">${s.origins.map(o => html`<li><a href=${link('article', {}, o.article)}><b>${o.outlet ?? 'outlet not stated'}</b></a>, ${words.moment(o.at)}${o.basis ? html` <span class="dim">· credits ${o.basis}</span>` : ''}<br /><span class="serif">${o.title}</span>${o.copies.length ? html`<ul>${o.copies.map(c => html`<li><a href=${link('article', {}, c.article)}>${c.outlet ?? 'outlet not stated'}</a>, ${words.moment(c.at)}, ${share(c)}</li>`)}</ul>` : html`<p class="dim sm">No copies found.</p>`}</li>`)}</ul>`;
  return html`<section aria-labelledby="cop"><h2 class="sec" id="cop"><span>Who copied whom</span><span class="more">${words.many(s.counts.articles, 'report')} in ${words.many(n, 'group')}</span></h2>
    <div class="wide"><${Comb} origins=${s.origins} /><details class="twin fold"><summary>Show these ${words.many(s.counts.articles, 'report')} as a list</summary>${tree}</details></div><div class="narrow">${tree}</div></section>`;
}

function Shared({ s, ev }) {
  return html`<section class="card" aria-labelledby="sc"><div><p class="lbl" id="sc">The event most reports tell of</p><dl class="roles"><dt>Who</dt><dd><b><${Side} list=${ev.who} /></b></dd><dt>Did</dt><dd><b>${words.typeWord(ev.type, ev.mode)}</b> <span class="mono dim">CAMEO ${ev.cameo}${ev.goldstein === null ? '' : `, ${words.score(ev.goldstein)}`}</span></dd><dt>To whom</dt><dd><b><${Side} list=${ev.whom} /></b></dd><dt>When</dt><dd><b>${words.longDay(ev.day)}</b>, ${ev.day_exact ? 'to the day' : 'day of publication'}</dd><dt>Where</dt><dd>${ev.place ? html`<b>${ev.place.name}</b>, ${words.exact(ev.place.exact)}` : 'no place'}</dd></dl></div>
    <div><p class="lbl">${words.reports(s.counts.articles, s.counts.independent)}</p><p class="ind"><${Dots} groups=${groups(s)} /></p>${s.counts.independent_low < s.counts.independent && html`<p class="dim sm">Counted strictly, with reports tied that share background: ${words.num(s.counts.independent_low)} independent.</p>`}</div>
    <div class="cardacts"><a class="btn small" href=${link('article', { mark: `e${ev.number}` }, ev.article)}>Read the fullest report</a><button class="btn small" type="button" onClick=${() => navigator.clipboard?.writeText(location.href)}>Copy link <kbd aria-hidden="true">c</kbd></button></div></section>`;
}

function Growth({ s }) {
  if (s.growth.length < 2) return null;
  const origins = new Set(s.origins.map(o => o.article));
  const shown = s.growth.filter(g => origins.has(g.article)).slice(0, 12);
  return html`<section><h2 class="sec">How it grew <span class="more">origins only</span></h2><ol class="chain grow">${shown.map(g => html`<li><b>${words.moment(g.at)}</b> <a href=${link('article', {}, g.article)}>${g.text}</a></li>`)}</ol></section>`;
}

function Best({ s }) {
  if (!s.best.length) return null;
  return html`<section><h2 class="sec">Who said what</h2>${s.best.slice(0, 6).map(q => html`<${Quote} q=${q} meta=${`${q.speaker || 'nobody named'}, in ${q.outlet ?? 'outlet not stated'}, ${words.moment(q.published)}`} />`)}</section>`;
}

function Why({ s }) {
  if (!s.why.length) return null;
  return html`<section><h2 class="sec">Why these reports are together</h2><details class="rawbox"><summary>${words.many(s.why.length, 'decision')}</summary><ul class="todo">${s.why.slice(0, 12).map(w => html`<li>${w.joined ? 'Joined' : 'Kept apart'} <span class="mono dim">log-odds ${words.score(w.score)}</span><small>${w.parts.map(([k, v]) => `${k} ${words.score(v)}`).join(', ')}${w.keys.length ? `; shared: ${w.keys.join(', ')}` : ''}</small></li>`)}</ul></details></section>`;
}
