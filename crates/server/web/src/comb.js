// Reports of a story as a comb over publication time: a solid disc for an origin, a ring for each copy of it.
import { html } from './html.js';
import { link } from './url.js';
import { useWidth } from './bars.js';
import * as words from './words.js';

const minutes = iso => (iso ? Date.parse(iso.length > 10 ? `${iso.slice(0, 16)}Z`.replace(/(T\d\d:\d\d).*/, '$1Z') : `${iso}T00:00Z`) / 60000 : null);

/** Whole hours or days that fall on the axis. */
function ticks(lo, hi) {
  const step = [60, 180, 360, 720, 1440, 2880, 10080].find(s => (hi - lo) / s <= 5) ?? 43200;
  const out = [];
  for (let t = Math.ceil(lo / step) * step; t <= hi; t += step) out.push(t);
  return out;
}

const stamp = t => { const iso = new Date(t * 60000).toISOString(); return iso.slice(11, 16) === '00:00' ? words.day(iso, false) : iso.slice(11, 16); };

export function Comb({ origins }) {
  const [box, width] = useWidth(820);
  const dated = origins.flatMap(o => [o, ...o.copies]).map(r => minutes(r.at)).filter(t => t !== null);
  if (!dated.length) return html`<div ref=${box}></div>`;
  let [lo, hi] = [Math.min(...dated), Math.max(...dated)];
  if (hi - lo < 120) { lo -= 60; hi += 60; }
  const left = 200;
  const x = iso => { const t = minutes(iso); return left + ((t === null ? lo : t) - lo) / (hi - lo) * (width - left - 190); };
  const rows = [];
  let y = 22;
  for (const o of origins) {
    const base = y + 8;
    const copies = o.copies.map((c, i) => ({ c, y: base + 24 + i * 20 }));
    const below = Math.max(base + 22, (copies.at(-1)?.y ?? 0) + 6);
    rows.push(html`<g>${o.basis && html`<text x="0" y=${base + 20}>${cut(`credits ${o.basis}`, 28)}</text>`}
      ${copies.map(({ c, y: cy }) => html`<path class=${`ln${c.how === 'words' ? '' : ' maybe'}`} d=${`M${x(o.at)} ${cy}H${Math.max(x(o.at) + 12, x(c.at)) - 5}`} />`)}
      ${copies.length > 0 && html`<path class="ln" d=${`M${x(o.at)} ${base}V${copies.at(-1).y}`} />`}
      <a href=${link('article', {}, o.article)}><text class="strong" x="0" y=${base + 4}>${cut(o.outlet ?? 'outlet not stated', 27)} </text><circle class="o" cx=${x(o.at)} cy=${base} r="7" /><text class="strong" x=${x(o.at) + 13} y=${base + 4}>${words.clock(o.at)}</text></a>
      ${copies.map(({ c, y: cy }) => { const cx = Math.max(x(o.at) + 12, x(c.at)); return html`<a href=${link('article', {}, c.article)}><circle class="c" cx=${cx} cy=${cy} r="5" /><text x=${cx + 10} y=${cy + 4}>${cut(c.outlet ?? 'outlet not stated', 22)} <tspan class="strong">${c.how === 'words' ? `${Math.round(c.share * 100)} %` : ''}</tspan></text></a>`; })}
      <path class="lane" d=${`M0 ${below + 12}H${width}`} /></g>`);
    y = below + 14;
  }
  const height = y + 20;
  const n = origins.reduce((s, o) => s + 1 + o.copies.length, 0);
  return html`<figure class="fig"><div class="draw" ref=${box}><svg class="chart flow" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${`${words.many(n, 'report')} in ${words.many(origins.length, 'group')} along publication time; the list below holds the same links.`}>
    ${ticks(lo, hi).map(t => { const at = left + (t - lo) / (hi - lo) * (width - left - 190); return html`<path class="ax" d=${`M${at} 4V${y}`} /><text x=${at} y=${height - 4} text-anchor="middle">${stamp(t)}</text>`; })}${rows}</svg></div>
    <figcaption class="last"><div class="key"><span><svg class="flow" width="14" height="14" aria-hidden="true"><circle class="o" cx="7" cy="7" r="6" /></svg>origin</span><span><svg class="flow" width="14" height="14" aria-hidden="true"><circle class="c" cx="7" cy="7" r="5" /></svg>copy, share of same words</span><span><svg class="flow" width="26" height="8" aria-hidden="true"><path class="ln maybe" d="M0 4H26" /></svg>no copied words, joined by credit or source</span></div></figcaption></figure>`;
}

const cut = (text, n) => (text.length > n ? `${text.slice(0, n - 1)}…` : text);
