// Who acts on whom: actors as discs, directed ties in the four classes, blocs and strained triads; the list beside is the twin.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { counted, go, link, shared } from '../url.js';
import { address, useAnswer, usePart } from '../api.js';
import { useWidth } from '../bars.js';
import { Bar, Choice } from '../filter.js';
import { Arrow, Failed, Key, Nothing, Quad, Waiting } from '../parts.js';
import { View } from './view.js';
import { asked } from './events.js';
import * as words from '../words.js';

/** Most actors that are drawn; the list holds all. */
const DRAWN = 60;
/** Most ties that are drawn between them, wide and narrow: beyond, lines hide each other. */
const LINES = [140, 40];
/** Actors whose name stands on the disc where there is no room beside it. */
const NAMED = 8;
/** Most actors on a narrow screen. */
const NARROW = 24;
/** Ties in the list until more are asked for. */
const TIES = 24;

export function Network({ at, onExport }) {
  const ask = asked(at.params);
  const answer = useAnswer(address('network', ask));
  const n = answer.value && { ...answer.value.data, names: answer.value.names };
  const shown = n && n.ties.filter(t => t.n > 0);
  const title = n ? `${words.many(n.nodes.length, 'actor')}, ${words.many(shown.length, 'tie')}` : 'Network';
  const bar = html`<${Bar} at=${at} names=${answer.value?.names} onExport=${onExport} sum=${n && html`Counted: <b>asserted</b>, between <b>${words.num(n.nodes.length)}</b> actors`} chips=${['period', 'actor', 'type', 'quad', 'modality', 'ind']} extra=${html`<${Choice} at=${at} name="group" label="Nodes" values=${[['state', 'States'], ['body', 'Bodies'], ['person', 'Actors']]} /><${Choice} at=${at} name="min" label="Events a tie" values=${[['1', 'any tie'], ['2', '2 events'], ['4', '4 events']]} />`} />`;
  return html`<${View} answer=${answer} what="Network" title=${title} said=${title} bar=${bar}>${() => html`
    <p class="crumb">Network</p><h1>${title}</h1><p class="deck">${summary(n)}</p>
    ${n.nodes.length === 0 ? html`<div class="gap2"><${Nothing} params=${at.params} view="network" total=${answer.value.total} /></div>` : html`<div class="net gap2"><div>${at.params.draw === 'all' && n.nodes.length > DRAWN ? html`<${Large} n=${n} at=${at} />` : html`<${Graph} n=${n} at=${at} />`}<${Structure} n=${n} /></div>
    <aside aria-label="Details"><${Picked} n=${n} at=${at} /><${Ties} n=${n} at=${at} /></aside></div>`}`}<//>`;
}

/** Node by its id, from an index that is made once an answer. */
const indexes = new WeakMap();
function node(n, id) {
  if (!indexes.has(n.nodes)) indexes.set(n.nodes, new globalThis.Map(n.nodes.map(x => [x.id, x])));
  return indexes.get(n.nodes).get(id);
}

/** What a node is called. Nameless people stand under the code of their state and sector. */
const name = (n, id) => {
  const x = node(n, id);
  if (!x || x.kind === 'code') return words.named(n.names, id);
  const of = words.named(n.names, x.name);
  return id.startsWith('role/') && x.name.length === 3 ? `people of ${of}` : of;
};

function summary(n) {
  if (!n.nodes.length) return '';
  const top = [...n.nodes].sort((a, b) => b.n - a.n)[0];
  return `${name(n, top.id)} takes part in ${words.many(top.n, 'event')}, more than any other.${n.hidden ? ` ${words.many(n.hidden, 'weaker tie')} ${n.hidden === 1 ? 'is' : 'are'} hidden by the filter on events a tie.` : ''}`;
}

const hash = text => { let h = 2166136261; for (const c of text) h = Math.imul(h ^ c.codePointAt(0), 16777619); return (h >>> 0) / 4294967296; };

/** Positions that depend on the ids and ties only: the same link gives the same picture. */
function layout(d3, nodes, ties, width, height) {
  const list = nodes.map(n => { const a = hash(n.id) * 2 * Math.PI; const r = 0.2 + hash(`${n.id}r`) * 0.3; return { ...n, x: width * (0.5 + r * Math.cos(a)), y: height * (0.5 + r * Math.sin(a)) }; });
  const index = new globalThis.Map(list.map(n => [n.id, n]));
  const links = [...new globalThis.Map(ties.map(t => [[t.a, t.b].sort().join(' '), { source: index.get(t.a), target: index.get(t.b) }])).values()];
  const far = Math.min(width, height) / Math.max(2.2, Math.sqrt(list.length) * 0.9);
  const sim = d3.forceSimulation(list).force('link', d3.forceLink(links).distance(far).strength(0.25)).force('charge', d3.forceManyBody().strength(-far * 6)).force('x', d3.forceX(width / 2).strength(0.06)).force('y', d3.forceY(height / 2).strength(0.11)).force('collide', d3.forceCollide(n => n.r + 22)).stop();
  sim.tick(300);
  const [x0, x1] = [Math.min(...list.map(n => n.x)), Math.max(...list.map(n => n.x))];
  const [y0, y1] = [Math.min(...list.map(n => n.y)), Math.max(...list.map(n => n.y))];
  const side = width < 500 ? 46 : 80;
  for (const n of list) {
    n.x = x1 > x0 ? side + (n.x - x0) / (x1 - x0) * (width - 2 * side) : width / 2;
    n.y = y1 > y0 ? 40 + (n.y - y0) / (y1 - y0) * (height - 92) : height / 2;
  }
  return list;
}

/** Where the name of each disc stands: below, above or beside it, wherever no other name or disc is. The few with most events have a name in any case, the weakest go without. */
function named(n, nodes, width) {
  const taken = nodes.map(x => ({ x0: x.x - x.r, x1: x.x + x.r, y0: x.y - x.r, y1: x.y + x.r, of: x.id }));
  const out = new globalThis.Map();
  for (const [rank, x] of [...nodes].sort((a, b) => b.n - a.n).entries()) {
    const text = short(name(n, x.id));
    const half = text.length * 3.4 + 2;
    const places = [[x.x, x.y + x.r + 15, 'middle'], [x.x, x.y - x.r - 7, 'middle'], [x.x + x.r + 5, x.y + 4, 'start'], [x.x - x.r - 5, x.y + 4, 'end']];
    for (const [px, py, anchor] of places) {
      const x0 = anchor === 'middle' ? px - half : anchor === 'start' ? px : px - 2 * half;
      const box = { x0, x1: x0 + 2 * half, y0: py - 11, y1: py + 4, of: x.id };
      if (box.x0 < 0 || box.x1 > width || taken.some(t => t.of !== x.id && t.x0 < box.x1 && t.x1 > box.x0 && t.y0 < box.y1 && t.y1 > box.y0)) continue;
      taken.push({ ...box, of: `${x.id} name` });
      out.set(x.id, { text, x: px, y: py, anchor });
      break;
    }
    if (rank < NAMED && !out.has(x.id)) out.set(x.id, { text, x: x.x, y: x.y + 5, anchor: 'middle' });
  }
  return out;
}

const short = text => (text.length > 26 ? `${text.slice(0, 25)}…` : text);

/** The actors with most events, and the one that is picked. */
function chosen(n, pick, most) {
  const list = [...n.nodes].sort((a, b) => b.n - a.n);
  const out = list.slice(0, most);
  const one = pick && !out.some(x => x.id === pick) && list.find(x => x.id === pick);
  return one ? [...out, one] : out;
}

function Graph({ n, at }) {
  const { value: d3, error } = usePart('d3.js');
  const [box, width] = useWidth(820);
  const height = Math.round(Math.min(620, Math.max(380, width * 0.7)));
  const small = width < 500;
  const pick = at.params.pick;
  const drawn = useMemo(() => chosen(n, pick, small ? NARROW : DRAWN), [n.nodes, pick, small]);
  const most = Math.max(1, ...drawn.map(x => x.ind));
  const ids = new Set(drawn.map(x => x.id));
  const between = n.ties.filter(t => t.n > 0 && ids.has(t.a) && ids.has(t.b) && t.a !== t.b);
  const strongest = between.slice(0, LINES[small ? 1 : 0]);
  const ties = strongest.concat(between.slice(strongest.length).filter(t => t.a === pick || t.b === pick));
  const nodes = useMemo(() => d3 && layout(d3, drawn.map(x => ({ ...x, r: (small ? 4 : 7) + (small ? 12 : 19) * Math.sqrt(x.ind / most) })), strongest, width, height), [d3, drawn, width]);
  const to = id => link('network', { ...at.params, pick: id === pick ? undefined : id });
  const index = nodes && new globalThis.Map(nodes.map(x => [x.id, x]));
  const labels = useMemo(() => nodes && named(n, nodes, width), [nodes, n.names]);
  const nameless = labels ? nodes.length - labels.size : 0;
  const wide = Math.max(1, ...ties.map(t => t.n));
  return html`<figure class="fig"><figcaption><b>Who acts on whom</b><${Key} /></figcaption><div class="draw" ref=${box}>${error ? html`<${Failed} error=${{ title: 'The drawing part did not load', detail: 'The list beside holds the same ties.' }} what="The drawing" />` : !nodes ? html`<${Waiting} loading=${true} what="drawing" />` : html`
    <svg class="chart graph" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${`${words.many(drawn.length, 'actor')} and ${words.many(ties.length, 'directed tie')}. The list beside holds the same ties.`}>
      ${ties.map((t, i) => html`<${Tie} t=${t} a=${index.get(t.a)} b=${index.get(t.b)} bend=${bend(ties, t)} w=${1.25 + 4 * Math.sqrt(t.n / wide)} rest=${pick && t.a !== pick && t.b !== pick} key=${`${t.a} ${t.b} ${t.quad}`} />`)}
      ${nodes.map(x => html`<a href=${to(x.id)} class=${`node${words.isState(x) ? ' state' : ''}${x.id === pick ? ' pick' : ''}${pick && x.id !== pick && !ties.some(t => (t.a === pick && t.b === x.id) || (t.b === pick && t.a === x.id)) ? ' rest' : ''}`} aria-label=${`${name(n, x.id)}, ${words.many(x.n, 'event')}`} aria-current=${x.id === pick ? 'true' : undefined}><title>${name(n, x.id)}</title><circle cx=${x.x} cy=${x.y} r=${x.r} /></a>`)}
      ${nodes.map(x => { const t = labels.get(x.id); return t && html`<text x=${t.x} y=${t.y} text-anchor=${t.anchor} class=${`pn${words.isState(x) ? ' strong' : ''}`} aria-hidden="true">${t.text}</text>`; })}
    </svg>`}</div><div class="draw"><p class="dim sm">Disc size: independent reports. Line width: events. Dashed line: words; solid line: deeds. Solid disc: a state.${nameless ? ` ${words.many(nameless, 'name')} ${nameless === 1 ? 'has' : 'have'} no room: point at a disc to read it.` : ''}${n.nodes.length > drawn.length ? ` The ${drawn.length} actors with most events are drawn; the list and the export hold all ${words.num(n.nodes.length)}.` : ''}${between.length > ties.length ? ` Of ${words.num(between.length)} ties between them the ${words.num(ties.length)} strongest are drawn.` : ''}</p>${n.nodes.length > DRAWN && html`<p class="cardacts"><a class="btn small" href=${link('network', { ...at.params, draw: 'all' })}>Draw all ${words.num(n.nodes.length)}</a></p>`}</div></figure>`;
}

/** Every actor, by WebGL; its script is fetched here. The list beside is the twin that keys and screen readers reach. */
function Large({ n, at }) {
  const { value: d3, error: no } = usePart('d3.js');
  const box = useRef(null);
  const shown = useRef(null);
  const [state, set] = useState('waits');
  const [turn, redraw] = useState(0);
  const pick = at.params.pick;
  const told = id => go(link('network', { ...at.params, pick: id ?? undefined }), Boolean(pick));
  const newest = useRef(told);
  newest.current = told;
  useEffect(() => {
    const theme = new MutationObserver(() => redraw(t => t + 1));
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = matchMedia('(prefers-color-scheme: dark)');
    const flip = () => redraw(t => t + 1);
    system.addEventListener('change', flip);
    const zoom = e => shown.current?.zoom(e.detail);
    addEventListener('desk:zoom', zoom);
    return () => { theme.disconnect(); system.removeEventListener('change', flip); removeEventListener('desk:zoom', zoom); };
  }, []);
  useEffect(() => {
    if (!d3) return undefined;
    let on = true;
    const ties = n.ties.filter(t => t.n > 0 && t.a !== t.b);
    (async () => {
      try {
        const large = await import('../large.js');
        const places = await large.place(d3, n.nodes, ties, hash, () => on);
        if (!on) return;
        shown.current = large.draw(box.current, places, n.nodes, ties, { name: id => short(name(n, id)), isState: words.isState, picked: pick, told: id => newest.current(id) });
        set('drawn');
      } catch { if (on) set('failed'); }
    })();
    return () => { on = false; shown.current?.end(); shown.current = null; };
  }, [d3, n.nodes, turn]);
  useEffect(() => shown.current?.pick(pick), [pick]);
  const few = link('network', { ...at.params, draw: undefined });
  const zoom = (by, label, sign) => html`<button class="btn small" type="button" aria-label=${label} onClick=${() => shown.current?.zoom(by)}>${sign}</button>`;
  return html`<figure class="fig"><figcaption><b>Who acts on whom, all ${words.num(n.nodes.length)}</b><${Key} /></figcaption>
    ${state === 'failed' || no ? html`<div class="draw"><${Failed} error=${{ title: 'This browser draws no WebGL', detail: 'The list beside holds the same ties, and the smaller drawing shows the strongest.' }} what="The large drawing" /></div>` : html`<div class="large" ref=${box} role="img" aria-label=${`${words.many(n.nodes.length, 'actor')} and their ties. The list beside holds the same ties.`} aria-busy=${state === 'waits' ? 'true' : undefined}></div>`}
    <div class="draw mapfoot"><p class="dim sm">Disc size: independent reports. Dark disc: a state. Thin line: words; thick line: deeds. Click a disc to see its ties alone; drag and roll to move.</p><div class="cardacts">${zoom(1, 'Zoom in', '+')}${zoom(-1, 'Zoom out', '−')}<a class="btn small" href=${few}>Draw the strongest ${DRAWN}</a></div></div></figure>`;
}

/** Ties of one pair are bent apart. */
function bend(ties, t) {
  const same = ties.filter(x => x.a === t.a && x.b === t.b);
  return 0.14 + 0.11 * same.indexOf(t);
}

function Tie({ t, a, b, bend: k, w, rest }) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const len = Math.hypot(dx, dy) || 1;
  const [cx, cy] = [(a.x + b.x) / 2 - dy * k, (a.y + b.y) / 2 + dx * k];
  const toward = (x, y, r) => { const l = Math.hypot(cx - x, cy - y) || 1; return [x + (cx - x) / l * r, y + (cy - y) / l * r]; };
  const head = 6 + w * 1.5;
  const [sx, sy] = toward(a.x, a.y, a.r + 2);
  const [tx, ty] = toward(b.x, b.y, b.r + 3);
  const [ex, ey] = toward(b.x, b.y, b.r + 3 + head * 0.8);
  const ang = Math.atan2(ty - cy, tx - cx);
  const wing = s => `${tx - head * Math.cos(ang + s)} ${ty - head * Math.sin(ang + s)}`;
  if (len < 2) return null;
  return html`<g class=${rest ? 'rest' : ''}><path class=${`e e${t.quad}`} stroke-width=${w} d=${`M${sx} ${sy}Q${cx} ${cy} ${ex} ${ey}`} /><path class=${`h${t.quad}`} d=${`M${tx} ${ty}L${wing(0.45)}L${wing(-0.45)}Z`} /></g>`;
}

function Picked({ n, at }) {
  const x = n.nodes.find(v => v.id === at.params.pick);
  if (!x) return html`<p class="dim sm gapb">Pick an actor to see its ties alone.</p>`;
  const out = n.ties.filter(t => t.a === x.id);
  const back = n.ties.filter(t => t.b === x.id);
  const sum = list => list.reduce((s, t) => s + t.n, 0);
  const most = [...out, ...back].sort((p, q) => q.n - p.n)[0];
  const other = most && (most.a === x.id ? most.b : most.a);
  const of = (list, side) => `${words.many(new Set(list.filter(t => t.n).map(t => t[side])).size, 'actor')}`;
  return html`<section class="card gapb" aria-labelledby="nt"><div><p class="kick"><span class="ty">${x.kind}</span><span class="dim mono">${x.id}</span></p><h2 id="nt">${name(n, x.id)}</h2></div>
    <dl class="roles"><dt>Acts on</dt><dd><b>${of(out, 'b')}</b>, <a href=${link('events', counted({ ...shared(at.params), who: x.id }))}>${words.many(sum(out), 'event')}</a></dd><dt>Acted on</dt><dd><b>${of(back, 'a')}</b>, <a href=${link('events', counted({ ...shared(at.params), whom: x.id }))}>${words.many(sum(back), 'event')}</a></dd><dt>Reports</dt><dd><b>${words.num(x.ind)} independent</b>, summed over its events</dd></dl>
    <div class="cardacts">${other && html`<a class="btn small" href=${link('dyad', { ...shared(at.params), a: x.id, b: other })}>Dyad with ${name(n, other)}</a>`}<a class="btn small" href=${link('actor', {}, x.id)}>About this actor</a><button class="btn small" type="button" onClick=${() => go(link('network', { ...at.params, pick: undefined }))}>Show all</button></div></section>`;
}

function Ties({ n, at }) {
  const pick = at.params.pick;
  const list = n.ties.filter(t => t.n > 0 && (!pick || t.a === pick || t.b === pick));
  const [most, show] = useState(TIES);
  const shown = list.slice(0, most);
  return html`<section><h2 class="sec">Strongest ties <span class="more">${list.length > shown.length ? `${shown.length} of ` : ''}${words.num(list.length)}, as a list</span></h2><table><thead><tr><th scope="col">Tie</th><th scope="col">Mostly</th><th scope="col" class="n">Events</th></tr></thead><tbody>${shown.map(t => html`<tr data-row><th scope="row"><a class="go" href=${link('dyad', { ...shared(at.params), a: t.a, b: t.b })}>${name(n, t.a)} <${Arrow} /> ${name(n, t.b)}</a></th><td class="nw"><${Quad} quad=${t.quad} />${words.typeWord(t.type)}</td><td class="n"><a href=${link('events', counted({ ...shared(at.params), who: t.a, whom: t.b, quad: String(t.quad) }))}>${words.num(t.n)}</a></td></tr>`)}</tbody></table>
    ${list.length > shown.length && html`<p class="gap"><button class="btn small" type="button" data-more onClick=${() => show(most + 40)}>Show ${Math.min(40, list.length - shown.length)} more</button></p>`}</section>`;
}

/** A bloc in words: its first dozen, then how many more. */
const listed = names => `${names.slice(0, 12).join(', ')}${names.length > 12 ? ` and ${words.num(names.length - 12)} more` : ''}`;

function Structure({ n }) {
  const blocs = n.blocs.filter(b => b.length > 1);
  const sign = s => (s > 0 ? 'friendly' : s < 0 ? 'hostile' : 'neutral');
  if (!blocs.length && !n.strained.length) return null;
  return html`<div class="duo gap2"><section><h2 class="sec">${words.many(blocs.length, 'bloc')} <span class="more">friendlier inside than outside</span></h2>${blocs.length ? html`<ul class="todo">${blocs.map(b => html`<li>${listed(b.map(id => name(n, id)))}</li>`)}</ul>` : html`<p class="dim sm">No two actors deal friendly enough.</p>`}</section>
    <section><h2 class="sec">${words.many(n.strained.length, 'strained triad')} <span class="more">${n.triads[1]} of ${n.triads[0]} triads are balanced</span></h2>${n.strained.length ? html`<ul class="todo">${n.strained.slice(0, 6).map(t => html`<li>${t.actors.map(id => name(n, id)).join(', ')}<small>${name(n, t.actors[0])} and ${name(n, t.actors[1])} ${sign(t.signs[0])}; ${name(n, t.actors[0])} and ${name(n, t.actors[2])} ${sign(t.signs[1])}; ${name(n, t.actors[1])} and ${name(n, t.actors[2])} ${sign(t.signs[2])}</small></li>`)}</ul>` : html`<p class="dim sm">No triad pulls against itself.</p>`}</section></div>`;
}
