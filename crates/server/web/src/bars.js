// Counts by period as stacked bars around a zero line, with a brush that pointer, keys and links can move.
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';
import * as words from './words.js';

/** True width of an element, so that charts are drawn at their size and never scaled. */
export function useWidth(first = 800) {
  const box = useRef(null);
  const [width, set] = useState(first);
  useEffect(() => {
    const watch = new ResizeObserver(([e]) => set(Math.max(240, Math.floor(e.contentRect.width))));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

/** Steps of an axis from 0 to `max`, whole numbers, as far apart as about `n` of them up to `of` are: both sides of a zero line share one scale. */
export function steps(max, n = 4, of = max) {
  if (max <= 0) return [];
  const raw = of / n;
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].find(m => m * ten >= raw) * ten);
  const out = [];
  for (let v = step; v <= max + 1e-9; v += step) out.push(v);
  return out;
}

/** Order of the classes from the zero line outwards: deeds next to it, words beyond. */
const STACK = { conflict: [4, 3], cooperation: [2, 1], all: [2, 4, 1, 3] };

const tall = (counts, classes) => classes.reduce((sum, q) => sum + counts[q - 1], 0);

/**
 * `buckets`: `[{day, up: [n,n,n,n], down: [n,n,n,n]}]`, counts by quad class 1 to 4. `mode` is `signed` (conflict up,
 * cooperation down) or `pair` (one direction up, the other down).
 */
export function Bars({ buckets, mode, names, brush, onBrush, flags = [], label, height = 280, by = 'day' }) {
  const [box, width] = useWidth();
  const [drag, setDrag] = useState(null);
  const up = mode === 'signed' ? STACK.conflict : STACK.all;
  const down = mode === 'signed' ? STACK.cooperation : STACK.all;
  const most = Math.max(1, ...buckets.map(b => tall(b.up, up)));
  const least = Math.max(mode === 'pair' ? 1 : 0, ...buckets.map(b => tall(b.down, down)));
  const pad = { left: 34, right: 6, top: (flags.length ? 30 : 14) + (names ? 10 : 0), bottom: names ? 46 : 28 };
  const inner = height - pad.top - pad.bottom;
  const unit = inner / (most + least);
  const zero = pad.top + most * unit;
  const step = (width - pad.left - pad.right) / Math.max(1, buckets.length);
  const gap = Math.max(Math.min(10, step * 0.22), step - 52);
  const x = i => pad.left + i * step;
  const at = e => {
    const r = e.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(buckets.length - 1, Math.floor((e.clientX - r.left - pad.left) / step)));
  };
  const chosen = drag ?? span(buckets, brush);
  const done = (a, b) => onBrush(buckets[Math.min(a, b)].day, lastDay(buckets[Math.max(a, b)].day, by));
  const handlers = onBrush && {
    onPointerDown: e => { if (e.button === 0) { e.currentTarget.setPointerCapture(e.pointerId); const i = at(e); setDrag([i, i]); } },
    onPointerMove: e => { if (drag) setDrag([drag[0], at(e)]); },
    onPointerUp: () => { if (drag) { done(...drag); setDrag(null); } },
    onPointerCancel: () => setDrag(null),
    onKeyDown: e => {
      if (!['ArrowLeft', 'ArrowRight'].includes(e.key)) return;
      e.preventDefault();
      const [a, b] = chosen ? [Math.min(...chosen), Math.max(...chosen)] : [buckets.length - 1, buckets.length - 1];
      const move = e.key === 'ArrowLeft' ? -1 : 1;
      const clamp = n => Math.max(0, Math.min(buckets.length - 1, n));
      if (e.shiftKey) done(Math.min(a, clamp(b + move)), Math.max(a, clamp(b + move)));
      else if (b - a < buckets.length - 1 || !chosen) { const c = clamp(a + move); done(c, clamp(c + b - a)); }
    },
  };
  const every = Math.max(1, Math.ceil(58 / step));
  const stack = (b, i, counts, classes, sign) => {
    let y = zero;
    return classes.map(q => {
      const n = counts[q - 1];
      if (!n) return null;
      const h = n * unit;
      const top = sign > 0 ? y - h : y;
      y -= sign * h;
      const hollow = q % 2 === 1;
      const line = hollow ? 0.75 : 0;
      return html`<rect class=${`b${q}`} x=${x(i) + gap / 2 + line} y=${top + (sign > 0 ? 0.75 : 0.75)} width=${Math.max(1, step - gap - 2 * line)} height=${Math.max(1, h - 1.5)} />`;
    });
  };
  // Numbers of flags stand side by side where their days lie too near.
  let right = -20;
  const lo = chosen && Math.min(...chosen);
  const hi = chosen && Math.max(...chosen);
  return html`<div class="bars" ref=${box}>
    <div class="touch" role="group" tabindex=${onBrush ? 0 : undefined} aria-label=${`${label}${onBrush ? ' Arrow keys choose days, with Shift they move the edge.' : ''}`} ...${handlers}>
    <svg class="chart" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
      ${steps(most, 8, most + least).map(v => html`<path class="ax" d=${`M${pad.left} ${zero - v * unit}H${width - pad.right}`} /><text x=${pad.left - 6} y=${zero - v * unit + 4} text-anchor="end">${v}</text>`)}
      ${steps(least, 8, most + least).map(v => html`<path class="ax" d=${`M${pad.left} ${zero + v * unit}H${width - pad.right}`} /><text x=${pad.left - 6} y=${zero + v * unit + 4} text-anchor="end">${v}</text>`)}
      ${chosen && html`<rect class="brush" x=${x(lo)} y=${pad.top - 4} width=${(hi - lo + 1) * step} height=${inner + 8} />`}
      ${buckets.map((b, i) => html`${stack(b, i, b.up, up, 1)}${stack(b, i, b.down, down, -1)}`)}
      <path class="zero" d=${`M${pad.left} ${zero}H${width - pad.right}`} />
      ${flags.map((f, n) => { const i = buckets.findIndex(b => f.day >= b.day && f.day <= lastDay(b.day, by)); if (i < 0) return null; const own = x(i) + step / 2; const fx = Math.min(Math.max(own, right + 20), width - 10); right = fx; return html`<path class="flag" d=${`M${fx} 16L${own} 26V${height - pad.bottom}`} /><circle class="flagn" cx=${fx} cy="10" r="9" /><text class="flagt" x=${fx} y="14" text-anchor="middle">${n + 1}</text>`; })}
      ${buckets.map((b, i) => ((buckets.length - 1 - i) % every === 0 ? html`<text x=${x(i) + step / 2} y=${height - 6} text-anchor="middle">${words.day(b.day, false)}</text>` : null))}
      ${names && html`<text class="strong" x=${pad.left + 4} y=${pad.top - 6}>${names[0]}</text><text class="strong" x=${pad.left + 4} y=${height - pad.bottom + 16}>${names[1]}</text>`}
    </svg></div></div>`;
}

/** First and last bucket that a brush `from..to` takes. */
function span(buckets, brush) {
  if (!brush) return null;
  const [from, to] = brush.split('..');
  const a = buckets.findIndex((b, i) => (buckets[i + 1]?.day ?? '9999') > from);
  let z = -1;
  buckets.forEach((b, i) => { if (b.day <= to) z = i; });
  return a < 0 || z < a ? null : [a, z];
}

/** Last day of the period that begins with `day`. */
export function lastDay(day, by) {
  if (by === 'day') return day;
  const d = new Date(`${day}T00:00:00Z`);
  if (by === 'week') d.setUTCDate(d.getUTCDate() + 6);
  else { d.setUTCMonth(d.getUTCMonth() + 1); d.setUTCDate(0); }
  return d.toISOString().slice(0, 10);
}

/** Small bars for a list: conflict above the line, cooperation below. */
export function Spark({ counts }) {
  const w = 112;
  const step = w / Math.max(1, counts.length);
  const most = Math.max(1, ...counts.map(c => Math.max(c[2] + c[3], c[0] + c[1])));
  const unit = 16 / most;
  return html`<svg class="chart" width=${w} height="36" viewBox="0 0 112 36" aria-hidden="true">${counts.map((c, i) => {
    const x = i * step + 1.5;
    const width = Math.max(2, step - 3);
    const bar = (q, y, n) => (n ? html`<rect class=${`b${q}`} x=${x} y=${y} width=${width} height=${Math.max(1, n * unit - 0.6)} />` : null);
    return html`${bar(4, 18 - c[3] * unit, c[3])}${bar(3, 18 - (c[3] + c[2]) * unit, c[2])}${bar(2, 18, c[1])}${bar(1, 18 + c[1] * unit, c[0])}`;
  })}<path class="zero" d="M0 18H112" /></svg>`;
}
