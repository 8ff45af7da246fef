// Two actors: what each did to the other over time, with the sentences of both directions below.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { counted, go, link, shared } from '../url.js';
import { address, useAnswer } from '../api.js';
import { Bars, lastDay } from '../bars.js';
import { Lines } from '../lines.js';
import { Bar, Choice } from '../filter.js';
import { Figure, Key, Note, Nothing, Sent } from '../parts.js';
import { View } from './view.js';
import * as words from '../words.js';

const sums = t => t.q.map(q => q.reduce((a, b) => a + b, 0));
const total = t => sums(t).reduce((a, b) => a + b, 0);

/** Both series on one run of days. */
function joined(d) {
  const days = [...new Set([...d.ab.days, ...d.ba.days])].sort();
  const of = (t, day) => { const i = t.days.indexOf(day); return i < 0 ? [0, 0, 0, 0] : t.q.map(q => q[i]); };
  return days.map(day => ({ day, up: of(d.ab, day), down: of(d.ba, day) }));
}

export function Dyad({ at, onExport }) {
  const { a, b, brush, pick: _, ...rest } = at.params;
  const answer = useAnswer(a && b ? address('dyad', { a, b, ...rest, ...(brush ? { brush } : {}) }) : address('pairs', shared(rest)));
  if (!a || !b) return html`<${Choose} at=${at} answer=${answer} onExport=${onExport} />`;
  return html`<${Pair} at=${at} answer=${answer} onExport=${onExport} />`;
}

function Pair({ at, answer, onExport }) {
  const { a, b, brush } = at.params;
  const by = at.params.by ?? 'day';
  const d = answer.value?.data?.ab ? answer.value.data : null;
  const names = answer.value?.names ?? {};
  const [na, nb] = [words.named(names, a), words.named(names, b)];
  const title = `${na} and ${nb}`;
  const n = d ? total(d.ab) + total(d.ba) : 0;
  const bar = html`<${Bar} at=${at} names=${names} onExport=${onExport} sum=${d && html`Counted: <b>asserted</b>, <b>${words.num(n)}</b> events`} chips=${['period', 'type', 'modality', 'ind']} extra=${html`<a class="chip" href=${link('dyad', { ...at.params, a: undefined, b: undefined })}><span class="soft">Pair</span> <b>${title}</b></a><a class="chip" href=${link('dyad', { ...at.params, a: b, b: a })}>Swap</a><${Choice} at=${at} name="by" label="Length of a step" values=${[['day', 'day'], ['week', 'week'], ['month', 'month']]} />`} />`;
  return html`<${View} answer=${answer} what="Dyad" title=${title} said=${d && words.many(n, 'event')} bar=${bar}>${() => !d ? html`<h1>${title}</h1>` : html`
    <p class="crumb"><a href="/dyad">Dyad</a></p><h1>${title}</h1>
    ${!d.ab.days.length && !d.ba.days.length && !d.lists.ab.length && !d.lists.ba.length ? html`<div class="gap2"><${Nothing} params=${at.params} view="dyad" /></div>` : html`
    <p class="deck">${words.many(n, 'event')}, ${words.days(d.first, d.last)}. ${turn(d, na, nb)}</p>
    <${Facts} d=${d} na=${na} nb=${nb} at=${at} />
    <${Chart} d=${d} by=${by} names=${[na, nb]} at=${at} />
    <p class="dim sm gap">${brush ? html`${words.days(...brush.split('..'))} is brushed: the lists below show these days. ` : 'Brush the days to narrow the lists below. '}What is only reported, planned or denied is listed, not counted. <span class="mhide"><kbd>Shift</kbd> with arrow keys moves the edge, <kbd>Esc</kbd> clears.</span></p>
    <div class="duo gap2"><${List} id="ab" list=${d.lists.ab} title=${`${na} to ${nb}`} /><${List} id="ba" list=${d.lists.ba} title=${`${nb} to ${na}`} /></div>
    <${Scores} d=${d} na=${na} nb=${nb} by=${by} />`}`}<//>`;
}

/** The first day on which words turned to deeds, when there is one. */
function turn(d, na, nb) {
  const deed = (t, i) => t.q[3][i] > 0;
  const first = t => t.days.find((_, i) => deed(t, i));
  const [x, y] = [first(d.ab), first(d.ba)];
  if (!x && !y) return 'No deed of conflict among them.';
  const day = [x, y].filter(Boolean).sort()[0];
  const who = x === day && y === day ? 'both sides' : x === day ? na : nb;
  return `The first deed of conflict came from ${who} on ${words.day(day)}.`;
}

function Facts({ d, na, nb, at }) {
  const [ab, ba] = [sums(d.ab), sums(d.ba)];
  const all = d.lists.ab.concat(d.lists.ba);
  const unique = [...new Map(all.map(e => [e.id, e])).values()];
  const top = d.top[0];
  const toward = (who, whom) => link('events', counted({ ...shared(at.params), who, whom }));
  return html`<div class="facts"><div><p><a href=${toward(at.params.a, at.params.b)}>${words.many(total(d.ab), 'event')}</a></p><p>${na} to ${nb}, ${ab[3]} of them deeds of conflict</p></div>
    <div><p><a href=${toward(at.params.b, at.params.a)}>${words.many(total(d.ba), 'event')}</a></p><p>${nb} to ${na}, ${ba[3]} of them deeds of conflict</p></div>
    <div><p>${top ? `${words.many(top[1], 'time')} ${words.typeWord(top[0])}` : 'No type yet'}</p><p>the most frequent type${d.top.length > 1 ? `; then ${d.top.slice(1, 3).map(t => `${words.many(t[1], 'time')} ${words.typeWord(t[0])}`).join(', ')}` : ''}</p></div>
    <div><p>${words.reports(unique.reduce((s, e) => s + e.articles, 0), unique.reduce((s, e) => s + e.independent, 0))}</p><p>stand behind the ${words.many(unique.length, 'event')} listed</p></div></div>`;
}

function Chart({ d, by, names, at }) {
  const rows = joined(d);
  if (!rows.length) return null;
  const flags = d.flags.slice(0, 6);
  const onBrush = (from, to) => go(link('dyad', { ...at.params, brush: `${from}..${to}` }), Boolean(at.params.brush));
  const pair = c => `${c[0]} / ${c[1]}`;
  return html`<${Figure} title="Events by day and direction" side=${html`<${Key} />`} summary=${`Show these ${words.many(rows.length, by)} as a table`}
    last=${flags.length > 0 && html`<ol class="draw key flags">${flags.map((f, i) => html`<li><b class="num">${i + 1}</b> <a href=${link('story', { pick: f.event }, f.story)}>${words.day(f.day)}</a>, ${short(f.text)}</li>`)}</ol>`}
    table=${html`<table><thead><tr><th scope="col">${by}</th>${[0, 1].map(k => html`<th scope="col" class="n">${names[k]} to ${names[1 - k]}</th><th scope="col" class="n">words / deeds of cooperation</th><th scope="col" class="n">words / deeds of conflict</th>`)}</tr></thead><tbody>${rows.map(r => html`<tr><th scope="row">${words.day(r.day)}</th>${[r.up, r.down].map(c => html`<td class="n">${c.reduce((x, y) => x + y, 0)}</td><td class="n">${pair([c[0], c[1]])}</td><td class="n">${pair([c[2], c[3]])}</td>`)}</tr>`)}</tbody></table>`}>
    <${Bars} buckets=${rows} mode="pair" names=${[`${names[0]} to ${names[1]}`, `${names[1]} to ${names[0]}`]} brush=${at.params.brush} onBrush=${onBrush} flags=${flags} by=${by} height=${320} label=${`Bars by ${by}, ${words.days(rows[0].day, lastDay(rows.at(-1).day, by))}. ${names[0]} to ${names[1]} upward, ${words.many(total(d.ab), 'event')}; ${names[1]} to ${names[0]} downward, ${words.many(total(d.ba), 'event')}. The table below holds the same numbers.`} /><//>`;
}

const short = text => (text.length > 90 ? `${text.slice(0, text.lastIndexOf(' ', 88))} …` : text);

function List({ id, list, title }) {
  const [n, show] = useState(10);
  return html`<section aria-labelledby=${id}><h2 class="sec" id=${id}><span>${title}</span><span class="more">${words.many(list.length, 'event')}, newest first</span></h2>
    ${list.slice(0, n).map(ev => html`<div data-row key=${ev.id}><${Sent} ev=${ev} /></div>`)}${list.length === 0 && html`<p class="dim">Nothing in this direction.</p>`}
    ${list.length > n && html`<p class="gap"><button class="btn small" type="button" onClick=${() => show(n + 20)}>Show ${Math.min(20, list.length - n)} more</button></p>`}</section>`;
}

/** Mean over the last seven steps, so that single days do not shake it. */
function smooth(t, days) {
  const at = day => { const i = t.days.indexOf(day); return i < 0 ? [0, 0] : [t.goldstein[i], t.q.reduce((s, q) => s + q[i], 0)]; };
  return days.map((_, i) => { const part = days.slice(Math.max(0, i - 6), i + 1).map(at); const n = part.reduce((s, p) => s + p[1], 0); return n ? part.reduce((s, p) => s + p[0], 0) / n : null; });
}

function Scores({ d, na, nb, by }) {
  const days = joined(d).map(r => r.day);
  if (days.length < 2) return null;
  const series = [{ name: `${na} to ${nb}`, values: smooth(d.ab, days) }, { name: `${nb} to ${na}`, values: smooth(d.ba, days) }];
  return html`<${Figure} title=${`Goldstein score, mean of 7 ${by}s`} summary=${`Show these ${words.many(days.length, by)} as a table`} table=${html`<table><thead><tr><th scope="col">${by}</th>${series.map(s => html`<th scope="col" class="n">${s.name}</th>`)}</tr></thead><tbody>${days.map((day, i) => html`<tr><th scope="row">${words.day(day)}</th>${series.map(s => html`<td class="n">${words.score(s.values[i])}</td>`)}</tr>`)}</tbody></table>`}>
    <${Lines} days=${days} series=${series} label=${`Mean Goldstein score of seven ${by}s by direction. The table below holds the same numbers.`} /><//>`;
}

/** No pair in the link: the pairs with most events, and two fields. */
function Choose({ at, answer, onExport }) {
  const list = answer.value?.data?.pairs;
  const names = answer.value?.names ?? {};
  const submit = e => { e.preventDefault(); const f = new FormData(e.currentTarget); const [x, y] = ['a', 'b'].map(k => f.get(k).trim()); if (x && y) go(link('dyad', { ...at.params, a: x, b: y })); };
  return html`<${View} answer=${answer} what="Dyad" title="Dyad" bar=${html`<${Bar} at=${at} onExport=${onExport} names=${names} chips=${['period', 'type', 'ind']} />`}>${() => html`<p class="crumb">Dyad</p><h1>Which two?</h1><p class="deck">Two actors: what each said and did to the other, day by day, with the sentences.</p>
    <form class="dates gap2" onSubmit=${submit}><label class="inlab">First <input class="inp" name="a" placeholder="Peru or PER" /></label><label class="inlab">Second <input class="inp" name="b" placeholder="Ecuador or ECU" /></label><button class="btn solid" type="submit">Compare</button></form>
    ${list?.length ? html`<h2 class="sec gap2">Pairs with most events</h2><ul class="pairlist">${list.map(p => html`<li data-row><a class="go" href=${link('dyad', { ...at.params, a: p.a, b: p.b })}>${words.named(names, p.a)} and ${words.named(names, p.b)}</a><span class="dim num">${words.many(p.n, 'event')}</span></li>`)}</ul>` : list && html`<div class="gap2"><${Note} title="No pair yet"><p>No event with two states fits the filter.</p><//></div>`}`}<//>`;
}
