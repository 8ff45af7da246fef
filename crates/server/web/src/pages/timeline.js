// Events over time: conflict above the line, cooperation below, and the stories as lanes under it.
import { html } from '../html.js';
import { go, link } from '../url.js';
import { address, useAnswer } from '../api.js';
import { Bars, lastDay, useWidth } from '../bars.js';
import { Lines } from '../lines.js';
import { Bar, Choice } from '../filter.js';
import { Dots, Figure, Key, Nothing } from '../parts.js';
import { View } from './view.js';
import * as words from '../words.js';

/** Series of the answer as buckets of the chart. */
export const buckets = t => t.days.map((day, i) => ({ day, up: t.q.map(q => q[i]), down: t.q.map(q => q[i]) }));

export function Timeline({ at, onExport }) {
  const { brush, pick: _, show, ...ask } = at.params;
  const answer = useAnswer(address('timeline', ask));
  const chosen = useAnswer(brush ? address('timeline', { ...ask, from: brush.split('..')[0], to: brush.split('..')[1] }) : null);
  const t = answer.value?.data;
  const by = at.params.by ?? 'day';
  const total = t ? t.q.flat().reduce((a, b) => a + b, 0) : 0;
  const lanes = (brush ? chosen.value?.data.lanes : t?.lanes) ?? [];
  const brushed = t && brush ? t.days.reduce((n, d, i) => (d >= brush.slice(0, 10) && d <= brush.slice(12) ? n + t.q.reduce((a, q) => a + q[i], 0) : n), 0) : 0;
  const span = { day: ['day', 'days'], week: ['week', 'weeks'], month: ['month', 'months'] }[by];
  const title = t ? `${words.many(total, 'event')} in ${words.many(t.days.length, ...span)}${brush ? `, ${words.num(brushed)} of them ${words.days(...brush.split('..'))}` : ''}` : 'Timeline';
  const besides = t ? t.reported.concat(t.open, t.not_happened).reduce((a, b) => a + b, 0) : 0;
  const bar = html`<${Bar} at=${at} names=${answer.value?.names} onExport=${onExport} sum=${t && html`Counted: <b>asserted</b>; <b>${words.num(besides)}</b> others listed only`} chips=${['period', 'actor', 'type', 'modality', 'place', 'outlet', 'ind']} extra=${html`<${Choice} at=${at} name="by" label="Length of a step" values=${[['day', 'day'], ['week', 'week'], ['month', 'month']]} /><${Choice} at=${at} name="show" label="What is drawn" values=${[['count', 'count'], ['goldstein', 'Goldstein']]} />`} />`;
  const onBrush = (from, to) => go(link('timeline', { ...at.params, brush: `${from}..${to}` }), Boolean(brush));
  return html`<${View} answer=${answer} what="Timeline" title=${title} said=${t && words.many(total, 'event')} bar=${bar}>${() => html`
    <p class="crumb">Timeline</p><h1>${title}</h1><p class="deck">Brush the days to filter every list and view; the brush is part of the link. ${brush && html`<a href=${link('timeline', { ...at.params, brush: undefined })}>Clear the brush</a> or <a href=${link('events', { ...ask, by: undefined, brush })}>read these events</a>.`}${answer.value.other_days > 0 && html` ${words.many(answer.value.other_days, 'event')} of other times ${answer.value.other_days === 1 ? 'is' : 'are'} listed, not drawn.`}</p>
    ${t.days.length === 0 ? html`<div class="gap2"><${Nothing} params=${at.params} view="timeline" total=${answer.value.total} /></div>` : html`
    <${Figure} title=${show === 'goldstein' ? `Mean Goldstein score by ${span[0]}` : `Events by ${span[0]}`} side=${show === 'goldstein' ? null : html`<${Key} />`} summary=${`Show these ${words.many(t.days.length, ...span)} as a table`} table=${html`<${Table} t=${t} by=${by} />`}>
      ${show === 'goldstein'
        ? html`<${Lines} days=${t.days} series=${[{ name: 'all events', values: means(t) }]} label=${`Mean Goldstein score by ${span[0]}; the table below holds the same numbers.`} />`
        : html`<${Bars} buckets=${buckets(t)} mode="signed" names=${['Conflict', 'Cooperation']} brush=${brush} onBrush=${onBrush} by=${by} label=${`Events by ${span[0]}, ${words.days(t.days[0], lastDay(t.days.at(-1), by))}: conflict above, cooperation below the line, ${words.num(total)} in all. The table below holds the same numbers.`} />`}
    <//>
    ${lanes.length > 0 && html`<${Lanes} lanes=${lanes} brush=${brush} />`}`}`}<//>`;
}

const means = t => t.days.map((_, i) => { const n = t.q.reduce((a, q) => a + q[i], 0); return n ? t.goldstein[i] / n : null; });

function Table({ t, by }) {
  return html`<table><thead><tr><th scope="col">${by}</th><th scope="col" class="n">words of cooperation</th><th scope="col" class="n">deeds of cooperation</th><th scope="col" class="n">words of conflict</th><th scope="col" class="n">deeds of conflict</th><th scope="col" class="n">Goldstein, mean</th><th scope="col" class="n">reported, not counted</th><th scope="col" class="n">planned or possible</th><th scope="col" class="n">did not happen</th></tr></thead>
    <tbody>${t.days.map((d, i) => html`<tr><th scope="row"><a href=${link('events', { from: d, to: lastDay(d, by) })}>${words.day(d)}</a></th>${t.q.map(q => html`<td class="n">${q[i]}</td>`)}<td class="n">${words.score(means(t)[i])}</td><td class="n">${t.reported[i]}</td><td class="n">${t.open[i]}</td><td class="n">${t.not_happened[i]}</td></tr>`)}</tbody></table>`;
}

const SIGN = r => ({ d: `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`, r: r * 0.72 });

/** Stories as lanes over the days: larger sign, more independent reports; dotted sign, did not happen. */
function Lanes({ lanes, brush }) {
  const [box, width] = useWidth(1000);
  const all = lanes.flatMap(l => l.points.map(p => p.at)).sort();
  const first = Date.parse(brush ? brush.split('..')[0] : all[0]);
  const last = Date.parse(brush ? brush.split('..')[1] : all.at(-1));
  const wide = width > 640;
  const left = wide ? 280 : 8;
  const right = wide ? 168 : 8;
  const count = Math.max(1, Math.round((last - first) / 864e5) + 1);
  const step = (width - left - right) / count;
  const x = day => left + (Math.round((Date.parse(day) - first) / 864e5) + 0.5) * step;
  const row = wide ? 34 : 52;
  const every = Math.max(1, Math.ceil(64 / step));
  const days = Array.from({ length: count }, (_, i) => new Date(first + i * 864e5).toISOString().slice(0, 10));
  const fit = text => { const n = Math.floor((wide ? left - 16 : width - 16) / 6.6); return text.length > n ? `${text.slice(0, n - 1).trimEnd()}…` : text; };
  return html`<${Figure} title=${`${words.many(lanes.length, 'story', 'stories')}${brush ? ' in the brushed days' : ''}`} side=${html`<span class="dim sm">larger sign: more independent reports; dotted sign: did not happen</span>`} summary="Show the stories as a list"
    table=${html`<table><thead><tr><th scope="col">Story</th><th scope="col" class="n">Events</th><th scope="col">Days</th><th scope="col">Reports of the story</th></tr></thead><tbody>${lanes.map(l => html`<tr><th scope="row"><a href=${link('story', {}, l.story)}>${l.name}</a></th><td class="n">${l.points.length}</td><td>${words.days(l.points[0]?.at, l.points.at(-1)?.at)}</td><td>${words.reports(l.articles, l.independent)}</td></tr>`)}</tbody></table>`}>
    <div ref=${box}><svg class="chart lanes" width=${width} height=${24 + lanes.length * row} viewBox=${`0 0 ${width} ${24 + lanes.length * row}`} role="group" aria-label=${`${words.many(lanes.length, 'story', 'stories')} as lanes over ${words.many(count, 'day')}; the list below holds the same.`}>
      ${days.map((d, i) => html`${i % every === 0 && html`<text x=${left + (i + 0.5) * step} y="11" text-anchor="middle">${words.day(d, false)}</text>`}${step > 24 && html`<path class="ax" d=${`M${left + i * step} 18V${20 + lanes.length * row}`} />`}`)}
      ${lanes.map((l, n) => {
        const y = 20 + n * row + (wide ? 17 : 34);
        const label = 20 + n * row + (wide ? 21 : 16);
        const stacked = place(l.points, x);
        return html`<a href=${link('story', {}, l.story)}><rect class="hit" x="0" y=${20 + n * row} width=${width} height=${row} /><path class="ax" d=${`M0 ${20 + (n + 1) * row}H${width}`} /><text class="strong" x="0" y=${label}>${fit(l.name)}</text>
          <path class="zero" d=${`M${Math.min(...stacked.map(p => p.x))} ${y}H${Math.max(...stacked.map(p => p.x))}`} />
          ${stacked.map(p => { const s = SIGN(4 + Math.min(5, p.ind * 1.4)); const m = words.modality(p.modality); return html`<g class=${`q${p.quad} pt${m.ghost ? ' ghost' : ''}`} transform=${`translate(${p.x} ${y})`}>${p.quad <= 2 ? html`<circle r=${s.r} />` : html`<path d=${s.d} />`}</g>`; })}
          ${wide && html`<text x=${width - right + 12} y=${y + 4}>${words.reports(l.articles, l.independent)}</text>`}</a>`;
      })}</svg></div><//>`;
}

/** Signs of one day stand side by side around its middle. */
function place(points, x) {
  const by = new Map();
  for (const p of points) by.set(p.at, [...(by.get(p.at) ?? []), p]);
  return [...by.values()].flatMap(list => list.map((p, i) => ({ ...p, x: x(p.at) + (i - (list.length - 1) / 2) * Math.min(16, 70 / list.length) })));
}
