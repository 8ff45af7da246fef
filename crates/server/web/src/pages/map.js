// Where it happened: states shaded by events, pins where a place is exact, broken circles where it is an area.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { counted, link, shared } from '../url.js';
import { address, useAnswer, usePart } from '../api.js';
import { useWidth } from '../bars.js';
import { Bar, Choice } from '../filter.js';
import { Failed, Key, Nothing, Quad, Waiting } from '../parts.js';
import { View } from './view.js';
import { asked } from './events.js';
import * as words from '../words.js';

export function Map({ at, onExport }) {
  const ask = asked(at.params);
  const answer = useAnswer(address('map', ask));
  const m = answer.value?.data;
  const placed = m ? m.pins.reduce((s, p) => s + p.n, 0) : 0;
  const title = m ? `${words.many(placed, 'event')} ${placed === 1 ? 'has' : 'have'} a place, ${words.num(m.unlocated)} ${m.unlocated === 1 ? 'does' : 'do'} not` : 'Map';
  const bar = html`<${Bar} at=${at} names=${answer.value?.names} onExport=${onExport} sum=${m && html`Counted: <b>asserted</b>, <b>${words.num(placed + m.unlocated)}</b> events`} chips=${['period', 'actor', 'type', 'quad', 'modality', 'ind']} extra=${html`<${Choice} at=${at} name="fill" label="Shade of states" values=${[['recipient', 'acted on'], ['actor', 'acting'], ['place', 'where it was']]} />`} />`;
  const fill = FILLS[at.params.fill ?? 'recipient'];
  return html`<${View} answer=${answer} what="Map" title=${title} said=${title} bar=${bar}>${() => html`
    <p class="crumb">Map</p><h1>${title}</h1><p class="deck">States are shaded by ${fill.deck}. A pin needs a place named for the event, as exact as a city; a broken line is drawn around a whole state or an area.</p>
    ${!m.pins.length && !m.fill.length ? html`<div class="gap2"><${Nothing} params=${at.params} view="map" total=${answer.value.total} /></div>` : html`<div class="net gap2"><${World} m=${m} at=${at} fill=${fill} /><aside aria-label="Places"><${Lists} m=${m} at=${at} names=${answer.value.names} fill=${fill} /></aside></div>`}`}<//>`;
}

/** What shades the states, in words, and the parameter that lists a state's events. */
const FILLS = {
  recipient: { deck: 'events that act on them', shade: 'events on a state', head: 'Acted on', key: 'whom' },
  actor: { deck: 'events in which they act', shade: 'events by a state', head: 'Acting', key: 'who' },
  place: { deck: 'events that happened there', shade: 'events in a state', head: 'Where it was', key: 'place' },
};

/** The class with most events at a place. */
const chief = p => p.quad.reduce((best, n, i) => (n > p.quad[best - 1] ? i + 1 : best), 1);
const point = p => p.radius_km <= 50;

function World({ m, at, fill }) {
  const { value: d3, error } = usePart('d3.js');
  const { value: topo, error: no } = usePart('world-50m.json');
  const [box, width] = useWidth(820);
  const [zoom, setZoom] = useState(1);
  const [whole, setWhole] = useState(false);
  useEffect(() => {
    const z = e => setZoom(v => Math.max(0.25, Math.min(16, v * (e.detail > 0 ? 1.5 : 1 / 1.5))));
    addEventListener('desk:zoom', z);
    return () => removeEventListener('desk:zoom', z);
  }, []);
  const height = Math.round(Math.min(660, Math.max(360, width * 0.72)));
  const scene = useMemo(() => d3 && topo && build(d3, topo, m, width, height, whole ? 1 : zoom, whole), [d3, topo, m, width, zoom, whole]);
  if (error || no) return html`<div><${Failed} error=${{ title: 'The map part did not load', detail: 'The lists beside hold the same places.' }} what="The map" /></div>`;
  return html`<figure class="fig"><figcaption><b>Where it happened</b><${Key} /></figcaption><div class="draw" ref=${box}>${!scene ? html`<${Waiting} loading=${true} what="map" />` : html`<svg class="chart map" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${`Map with ${words.many(scene.pins.length, 'place')}. The lists beside hold the same places.`}>
    <rect class="sea" width=${width} height=${height} />${scene.land.map(f => html`<path class=${`land${f.shade ? ` c${f.shade}` : ''}`} d=${f.d} />`)}
    ${scene.names.map(t => html`<text class="nm" x=${t.x} y=${t.y} text-anchor="middle">${t.name}</text>`)}
    ${[...scene.pins.filter(p => !p.exact), ...scene.pins.filter(p => p.exact)].map(p => html`<a href=${link('map', { ...at.params, pick: p.place === at.params.pick ? undefined : p.place })} class=${p.place === at.params.pick ? 'pick' : ''} aria-label=${`${p.name}, ${words.many(p.n, 'event')}${p.n ? '' : ' that happened'}`}><g class=${p.exact ? `q${p.quad} pt${p.n ? '' : ' ghost'}` : undefined} transform=${p.exact ? `translate(${p.x} ${p.y})` : undefined}>${!p.exact ? html`<${Area} p=${p} />` : p.quad <= 2 ? html`<circle r=${p.size} />` : html`<path d=${`M0 ${-p.size * 1.2}L${p.size * 1.2} 0L0 ${p.size * 1.2}L${-p.size * 1.2} 0Z`} />`}</g>${p.label && html`<text class="pn" x=${!p.exact ? p.x : p.x + (p.left ? -p.size - 7 : p.size + 7)} y=${p.y + 4} text-anchor=${!p.exact ? 'middle' : p.left ? 'end' : 'start'}>${p.name}${p.exact ? '' : p.shape ? ' as a whole' : ' (area)'}${p.n ? `, ${p.n}` : ''}</text>`}</a>`)}
  </svg>`}</div><div class="draw mapfoot"><p class="dim sm">Natural Earth 1:50m, de facto borders. Shade: ${fill.shade}.${scene?.pins.length === PINS ? ` The ${PINS} places in sight with most events are drawn.` : ''}</p><div class="cardacts"><button class="btn small" type="button" aria-label="Zoom in" onClick=${() => dispatchEvent(new CustomEvent('desk:zoom', { detail: 1 }))}>+</button><button class="btn small" type="button" aria-label="Zoom out" onClick=${() => dispatchEvent(new CustomEvent('desk:zoom', { detail: -1 }))}>−</button><button class="btn small" type="button" aria-pressed=${String(whole)} onClick=${() => setWhole(!whole)}>Whole world</button></div></div></figure>`;
}

/** What is only known to lie in an area has no sign, which would stand for a spot: a broken line around it. */
const Area = ({ p }) => (p.shape ? html`<path class=${`fuzz f${p.quad}`} d=${p.shape} />` : html`<circle class=${`fuzz f${p.quad}`} cx=${p.x} cy=${p.y} r=${p.r} />`);

/** Shapes and signs in pixels. Countries are few after clipping, so everything is drawn anew on zoom. */
function build(d3, topo, m, width, height, zoom, whole) {
  const land = d3.feature(topo, topo.objects.countries).features;
  const exact = m.pins.filter(point);
  const near = exact.length ? exact : m.pins;
  const filled = new globalThis.Map(m.fill);
  const frame = near.length ? { type: 'MultiPoint', coordinates: near.map(p => [p.lon, p.lat]) } : { type: 'FeatureCollection', features: land.filter(f => filled.has(f.id)) };
  const projection = d3.geoEqualEarth();
  if (whole) projection.fitExtent([[8, 8], [width - 8, height - 8]], { type: 'Sphere' });
  else {
    const core = inner(frame);
    projection.rotate([-core.lon, 0]).fitExtent([[width * 0.22, height * 0.22], [width * 0.78, height * 0.78]], core.shape);
    const most = width * 5.2;
    projection.scale(Math.min(projection.scale(), most));
    const [x, y] = projection([core.lon, core.lat]);
    const [tx, ty] = projection.translate();
    projection.translate([tx + width / 2 - x, ty + height / 2 - y]);
    if (zoom !== 1) {
      const at = projection.translate();
      projection.scale(projection.scale() * zoom).translate([width / 2 + (at[0] - width / 2) * zoom, height / 2 + (at[1] - height / 2) * zoom]);
    }
  }
  projection.clipExtent([[-20, -20], [width + 20, height + 20]]);
  const path = d3.geoPath(projection);
  const top = m.fill.reduce((most, f) => Math.max(most, f[1]), 1);
  const shade = id => { const n = filled.get(id); return n ? (n > top / 2 ? 3 : n > top / 6 ? 2 : 1) : 0; };
  const shapes = land.map(f => ({ f, d: path(f), shade: shade(f.id) })).filter(s => s.d);
  const names = shapes.filter(s => s.shade || path.area(s.f) > width * height / 26).map(s => { const [x, y] = path.centroid(s.f); return { name: s.f.properties.name, x, y, area: path.area(s.f) }; }).filter(t => t.area > 1800 && t.x > 40 && t.x < width - 40 && t.y > 20 && t.y < height - 10);
  const borders = new globalThis.Map(shapes.map(s => [s.f.id, s.d]));
  return { land: shapes, names, pins: pins(m, projection, width, height).map(p => ({ ...p, shape: p.how === 'country' ? borders.get(p.country) : undefined })) };
}

/** The middle half of the places: a far-away pin does not shrink the map. */
function inner(frame) {
  if (frame.type !== 'MultiPoint') return { lon: 0, lat: 0, shape: { type: 'Sphere' } };
  const mid = list => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const lon = mid(frame.coordinates.map(c => c[0]));
  const lat = mid(frame.coordinates.map(c => c[1]));
  const off = c => Math.hypot(c[0] - lon, c[1] - lat);
  const near = [...frame.coordinates].sort((a, b) => off(a) - off(b)).slice(0, Math.max(2, Math.ceil(frame.coordinates.length * 0.65)));
  const spread = 2.5;
  return { lon, lat, shape: { type: 'MultiPoint', coordinates: [...near, [lon - spread, lat - spread], [lon + spread, lat + spread]] } };
}

/** Most signs drawn: the places in sight with most events. Zooming in shows others. */
const PINS = 200;

function pins(m, projection, width, height) {
  const most = m.pins.reduce((top, p) => Math.max(top, p.n), 1);
  const taken = [];
  const km = projection.scale() / 6371;
  const out = m.pins.map(p => { const at = projection([p.lon, p.lat]); return at && { ...p, x: at[0], y: at[1], quad: chief(p), how: p.exact, exact: point(p), size: 4.5 + 5 * Math.sqrt(p.n / most), r: Math.min(width / 3, p.radius_km * km) }; }).filter(p => p && p.x > 0 && p.x < width && p.y > 0 && p.y < height).slice(0, PINS);
  for (const p of [...out.filter(p => p.exact), ...out.filter(p => !p.exact)]) {
    const w = (p.name.length + (p.exact ? 6 : 14)) * 7;
    const left = p.exact && p.x + w > width - 8;
    const box = !p.exact ? { x0: p.x - w / 2, x1: p.x + w / 2, y0: p.y - 9, y1: p.y + 9 } : { x0: left ? p.x - w - 12 : p.x - 8, x1: left ? p.x + 8 : p.x + w + 12, y0: p.y - 9, y1: p.y + 9 };
    const free = !taken.some(t => t.x0 < box.x1 && t.x1 > box.x0 && t.y0 < box.y1 && t.y1 > box.y0);
    p.left = left;
    p.label = free;
    if (free) taken.push(box);
  }
  return out.reverse();
}

function Lists({ m, at, names, fill }) {
  const pick = at.params.pick;
  return html`<h2 class="sec">${words.many(m.pins.length, 'place')} <span class="more">as a list</span></h2><table><thead><tr><th scope="col">Place</th><th scope="col">Exact to</th><th scope="col" class="n">Events</th><th scope="col" class="n">not counted</th></tr></thead><tbody>${m.pins.slice(0, 40).map(p => html`<tr data-row class=${p.place === pick ? 'sel' : ''}><th scope="row"><${Quad} quad=${chief(p)} ghost=${p.n === 0} /><a class="go" href=${link('events', { ...shared(at.params), place: p.place })}>${p.name}</a></th><td>${words.exact(p.exact)}</td><td class="n">${p.n ? html`<a href=${link('events', counted({ ...shared(at.params), place: p.place }))} aria-label=${`${words.many(p.n, 'event')} in ${p.name}`}>${words.num(p.n)}</a>` : '0'}</td><td class="n dim">${words.num(p.open)}</td></tr>`)}<tr><th scope="row">No place named for it</th><td>not drawn</td><td class="n">${words.num(m.unlocated)}</td><td class="n dim">not listed</td></tr></tbody></table>
    <h2 class="sec gap2">${fill.head}</h2><table><thead><tr><th scope="col">State</th><th scope="col" class="n">Events</th></tr></thead><tbody>${m.fill.slice(0, 20).map(([code, n]) => html`<tr><th scope="row"><a class="go" href=${link('actor', {}, `country/${code}`)}>${words.named(names, code)}</a></th><td class="n"><a href=${link('events', counted({ ...shared(at.params), [fill.key]: code }))} aria-label=${`${words.many(n, 'event')}, ${fill.head.toLowerCase()}: ${words.named(names, code)}`}>${words.num(n)}</a></td></tr>`)}</tbody></table>`;
}
