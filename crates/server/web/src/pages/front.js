// What changed since the last look: stories that moved, pairs on the move, what was said, what to check.
import { useEffect } from 'preact/hooks';
import { html } from '../html.js';
import { link } from '../url.js';
import { address, useAnswer } from '../api.js';
import { Dots, EmptyBase, Key, Mod, Quad, Quote, Sentence } from '../parts.js';
import { Bar } from '../filter.js';
import { View } from './view.js';
import * as words from '../words.js';

const LOOK = 'desk-look';

export function Front({ at, onExport }) {
  const asked = at.params.since === 'last' ? localStorage.getItem(LOOK) ?? undefined : at.params.since;
  const answer = useAnswer(address('front', { since: asked }));
  const value = answer.value;
  useEffect(() => { if (value?.as_of) localStorage.setItem(LOOK, value.as_of); }, [value?.as_of]);
  const f = value?.data;
  const title = f ? (f.moved ? `${words.many(f.moved, 'story', 'stories')} moved since ${words.day(f.since)}` : `Nothing moved since ${words.day(f.since)}`) : 'Front';
  const look = localStorage.getItem(LOOK);
  const extra = value?.days && html`<span class="choice" role="group" aria-label="Since when">${sinces(value.days, f?.since, look).map(([v, say, on]) => html`<a class="chip" href=${link('front', { since: v })} aria-current=${on ? 'true' : undefined}>${say}</a>`)}</span>`;
  const bar = html`<${Bar} at=${at} chips=${[]} extra=${extra} onExport=${onExport} sum=${value && html`<b>${words.num(value.reports.all)}</b> reports, <b>${words.num(value.reports.independent)}</b> independent`} />`;
  return html`<${View} answer=${answer} what="The front page" title="Front" said=${title} bar=${bar}>${() => value.total === 0 && !f.stories.length ? html`<h1>Nothing read yet</h1><div class="gap2"><${EmptyBase} /></div>` : html`
    <p class="crumb">${words.days(f.since.slice(0, 10), value.as_of?.slice(0, 10))}</p><h1>${title}</h1><p class="deck">${deck(f, value.reports)}</p><div class="keyrow"><${Key} /></div>
    <div class="cols" id="cols"><div><${Stories} list=${f.stories} /></div><aside class="rail" aria-label="Beside the news"><${Pairs} list=${f.pairs} names=${value.names} /><${Said} list=${f.said} /><${Checks} list=${f.check} /></aside></div>`}<//>`;
}

/** Choices of the moment: the last look, and the newest days. */
function sinces(days, now, look) {
  const out = [['', 'newest days', false], [days.first, 'everything', false]];
  if (look) out.splice(1, 0, ['last', 'last look', false]);
  return out.map(([v, say]) => [v || undefined, say, v === '' ? now === days.usual : v === days.first && now === days.first]);
}

function deck(f, r) {
  const copies = r.all - r.independent;
  return [`${f.new === 1 ? '1 is' : `${words.num(f.new)} are`} new.`, `${words.many(r.all, 'report')} arrived and ${r.independent === 1 ? '1 of them is' : `${words.num(r.independent)} of them are`} independent${copies ? `; the other ${words.num(copies)} ${copies === 1 ? 'copies a report' : 'copy reports'} already counted` : ''}.`, f.disputed ? `In ${words.many(f.disputed, 'story', 'stories')} reports contradict each other.` : ''].join(' ');
}

const href = s => link('story', {}, s.story);

function Kicker({ s }) {
  const ev = s.ev;
  return html`<p class="kick">${ev && html`<span class=${`ty q${ev.quad}t`}><${Quad} quad=${ev.quad} ghost=${words.modality(ev.modality).ghost} />${words.typeWord(ev.type)}</span><${Mod} modality=${ev.modality} />`}${s.fresh && html`<span class="fresh">new</span>`}${ev && html`<span class="dim">${[ev.place?.name, words.day(ev.day, false)].filter(Boolean).join(', ')}</span>`}</p>`;
}

const Foot = ({ s, more }) => html`<div class="foot"><a class="ind" href=${href(s)}><${Dots} groups=${s.groups} /><u>${words.reports(s.articles, s.independent)}</u></a>${s.disputes > 0 && html`<span class="disp">Disputed: ${s.about?.length ? s.about.map(words.point).join(', ') : words.many(s.disputes, 'point')}</span>`}${more}</div>`;

function Stories({ list }) {
  const [lead, ...rest] = list;
  if (!lead) return html`<p class="dim">No story moved in these days. <a href=${link('events', { sort: 'newest' })}>Read the newest events</a>.</p>`;
  const main = rest.slice(0, 6);
  const also = rest.slice(6, 20);
  return html`<section aria-labelledby="lead" class="lead"><${Kicker} s=${lead} /><h2 id="lead"><a href=${href(lead)}>${lead.headline}</a></h2>
      ${lead.best && html`<blockquote class="ev">“${lead.best.text}”<cite>${lead.best.speaker}${lead.best.via ? `, via ${lead.best.via}` : ''}${lead.best.outlet ? `, in ${lead.best.outlet}` : ''}. ${words.moment(lead.best.published)}.</cite></blockquote>`}
      <${Foot} s=${lead} more=${lead.ev && html`<a href=${link('article', { mark: `e${lead.ev.number}` }, lead.ev.article)}>Read the fullest report</a>`} /></section>
    ${main.length > 0 && html`<section class="grid2" aria-label="Main stories">${main.map(s => html`<article class="item" data-row><${Kicker} s=${s} /><h3><a class="go" href=${href(s)}>${s.headline}</a></h3>${s.ev && html`<p><${Sentence} ev=${s.ev} /></p>`}<${Foot} s=${s} /></article>`)}</section>`}
    ${also.length > 0 && html`<section aria-labelledby="also" class="stackup"><h2 class="sec" id="also">Also moved <a class="more" href=${link('events', { sort: 'newest' })}>All events</a></h2>${also.map(s => html`<div class="line" data-row><p class="kick">${s.ev ? html`<span class=${`ty q${s.ev.quad}t`}><${Quad} quad=${s.ev.quad} ghost=${words.modality(s.ev.modality).ghost} />${words.typeWord(s.ev.type)}</span>` : html`<span class="dim">no event</span>`}</p><p><a class="hd go" href=${href(s)}>${s.headline}</a></p><p>${s.ev && html`<${Mod} modality=${s.ev.modality} />`}</p><a class="ind" href=${href(s)}><${Dots} groups=${s.groups} /><u>${words.reports(s.articles, s.independent)}</u></a></div>`)}</section>`}`;
}

function Pairs({ list, names }) {
  const of = code => words.named(names, code);
  const once = (n, usual) => `${words.many(n, 'event')} this week, usually ${usual < 1 && usual > 0 ? 'under 1' : Math.round(usual)}`;
  return html`<section><h2 class="sec">Pairs on the move <a class="more" href="/dyad">Compare</a></h2>${list.length === 0 ? html`<p class="dim sm">No pair left its usual level.</p>` : list.map(p => html`<div class="pair"><a href=${link('dyad', { a: p.a, b: p.b })}>${of(p.a)} to ${of(p.b)}</a><p>${p.what}: ${once(p.n, p.usual)}</p><${Weeks} weeks=${p.weeks} /></div>`)}</section>`;
}

/** Weekly counts as small bars, this week last. */
function Weeks({ weeks }) {
  const list = weeks.slice(-13);
  const most = Math.max(1, ...list);
  const step = 112 / Math.max(1, list.length);
  return html`<svg class="chart" width="112" height="36" viewBox="0 0 112 36" role="img" aria-label=${`by week: ${list.join(', ')}`}>${list.map((n, i) => n > 0 && html`<rect class="bar" x=${i * step + 1} y=${34 - (n / most) * 30} width=${Math.max(2, step - 2)} height=${(n / most) * 30} />`)}<path class="zero" d="M0 34.5H112" /></svg>`;
}

function Said({ list }) {
  return html`<section><h2 class="sec">Said <span class="more">word for word</span></h2>${list.length === 0 ? html`<p class="dim sm">No quotation in these days.</p>` : list.slice(0, 6).map(q => html`<${Quote} q=${q} meta=${`${q.speaker || 'nobody named'} · ${q.outlet ?? 'outlet not stated'}, ${words.moment(q.published)}${q.reports > 1 ? ` · ${words.many(q.reports, 'report')}` : ''}`} />`)}</section>`;
}

function Checks({ list }) {
  const kinds = { dispute: 'reports contradict each other', 'single origin': 'all reports follow one origin', unread: 'page could not be read' };
  return html`<section><h2 class="sec">Check before you cite</h2>${list.length === 0 ? html`<p class="dim sm">Nothing stands out.</p>` : html`<ul class="todo">${list.slice(0, 8).map(c => html`<li>${c.link.startsWith('story/') ? html`<a href=${link('story', {}, c.link.slice(6))}>${c.text}</a>` : c.text}<small>${kinds[c.kind] ?? c.kind}</small></li>`)}</ul>`}</section>`;
}
