// Values over days as lines, drawn by uPlot, which is loaded when the first such chart is shown.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { usePart } from './api.js';
import { useWidth } from './bars.js';
import * as words from './words.js';

const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A colour token as the browser resolves it now: canvas knows no variables and no light-dark(). */
function colour(token) {
  const probe = document.createElement('span');
  probe.className = `probe ${token}`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found || ink('--ink');
}

/** `series`: `[{name, values}]`; the second is dashed. Missing values leave a gap. */
export function Lines({ days, series, label, height = 190 }) {
  const [box, width] = useWidth();
  const at = useRef(null);
  const { value: lib, error } = usePart('uplot.js');
  useEffect(() => {
    if (!lib || !at.current) return undefined;
    let chart = null;
    const draw = () => {
      chart?.destroy();
      at.current.textContent = '';
      chart = new lib.uPlot(options(lib.uPlot, width, height, series), [days.map(d => Date.parse(d) / 1000), ...series.map(s => s.values)], at.current);
    };
    draw();
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => { theme.disconnect(); chart?.destroy(); };
  }, [lib, width, JSON.stringify([days, series])]);
  return html`<div class="lines" ref=${box} role="img" aria-label=${label}>${error && html`<p class="dim sm">The chart part did not load; the table below holds the numbers.</p>`}<div ref=${at}></div><p class="key" aria-hidden="true">${series.map((x, n) => html`<span><svg width="26" height="8"><path class=${n ? 'dash' : ''} d="M1 4H25" /></svg>${x.name}</span>`)}</p></div>`;
}

function options(uPlot, width, height, series) {
  const [dark, soft, hair] = ['c-ink', 'c-soft', 'c-hair'].map(colour);
  const axis = { stroke: soft, grid: { stroke: hair, width: 1 }, ticks: { show: false }, font: '12px "Desk Sans", sans-serif' };
  return {
    width, height, cursor: { drag: { x: false, y: false }, points: { size: 6 } }, legend: { show: true, live: true },
    scales: { x: { time: true }, y: { range: (_, lo, hi) => [Math.min(lo ?? -1, -1), Math.max(hi ?? 1, 1)] } }, tzDate: ts => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC'),
    axes: [{ ...axis, grid: { show: false }, values: (_, list) => list.map(s => words.day(new Date(s * 1000).toISOString(), false)), incrs: [1, 2, 7, 14, 28, 91, 182, 365].map(n => n * 86400), space: 76 }, { ...axis, size: 38, values: (_, list) => list.map(v => (v < 0 ? `−${-v}` : String(v))) }],
    series: [{ label: 'Day', value: (_, s) => (s === null || s === undefined ? 'none' : words.day(new Date(s * 1000).toISOString())) }, ...series.map((s, n) => ({ label: s.name, stroke: n ? soft : dark, width: 1.75, dash: n ? [5, 3] : undefined, spanGaps: false, points: { show: s.values.length <= 92, size: 5, fill: n ? soft : dark }, value: (_, v) => words.score(v) }))],
  };
}
