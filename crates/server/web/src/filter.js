// The filter bar: one chip a parameter, each opens a list of its values with counts. The chips are the facets.
import { useState } from 'preact/hooks';
import { html } from './html.js';
import { go, link } from './url.js';
import { address, useAnswer } from './api.js';
import { asked } from './pages/events.js';
import * as words from './words.js';

const CHIPS = {
  period: { name: 'Period', any: 'Any day', keys: ['from', 'to', 'brush'] },
  actor: { name: 'Actor', any: 'Any actor', keys: ['actor', 'who', 'whom'] },
  type: { name: 'Type', any: 'Any type', keys: ['type'] },
  quad: { name: 'Class', any: 'Any class', keys: ['quad'] },
  modality: { name: 'Modality', any: 'Any modality', keys: ['modality'] },
  place: { name: 'Place', any: 'Any place', keys: ['place'] },
  outlet: { name: 'Outlet', any: 'Any outlet', keys: ['outlet'] },
  ind: { name: 'Independent', any: '1 or more', keys: ['ind'] },
  q: { name: 'Words', any: 'Any words', keys: ['q'] },
};
const LISTS = { actor: true, type: true, quad: true, modality: true, place: false, outlet: false, ind: false };

const shown = (name, params, names) => {
  if (name === 'period') return params.brush ? words.days(...params.brush.split('..')) : words.days(params.from, params.to);
  if (name === 'actor') return [params.actor, params.who && `${params.who} acts`, params.whom && `on ${params.whom}`].filter(Boolean).map(v => v.split(',').map(x => words.named(names, x.replace(/^\w+\//, ''))).join(', ')).join('; ');
  if (name === 'ind') return `${params.ind} or more`;
  if (name === 'type') return params.type.split(',').map(t => words.typeWord(t)).join(', ');
  if (name === 'quad') return params.quad.split(',').map(q => words.QUADS[q]?.say ?? q).join(', ');
  if (name === 'modality') return params.modality.split(',').map(m => words.modality(m).say).join(', ');
  if (name === 'place') return words.named(names, params.place);
  return params[name];
};

/** What a value of a facet is called. */
const called = (name, value, names) => {
  if (name === 'type') return words.typeWord(value);
  if (name === 'quad') return words.QUADS[value]?.say ?? value;
  if (name === 'modality') return words.modality(value).say;
  if (name === 'ind') return `${value} or more`;
  return words.named(names, value);
};

/** The bar. `sum` is what is counted, `extra` the view's own switches. */
export function Bar({ at, names = {}, sum, onExport, chips = ['period', 'actor', 'type', 'quad', 'modality', 'place', 'outlet', 'ind'], extra }) {
  const [open, set] = useState(null);
  const list = at.params.q ? [...chips, 'q'] : chips;
  const chip = name => {
    const c = CHIPS[name];
    const on = c.keys.some(k => at.params[k]);
    return html`<button class=${`chip${on ? '' : ' any'}`} type="button" aria-expanded=${String(open === name)} aria-controls="facet" onClick=${() => set(open === name ? null : name)}>${on ? html`<span class="soft">${c.name}</span> <b>${shown(name, at.params, names)}</b>` : c.any}</button>`;
  };
  const key = e => { if (e.key === 'Escape' && open) { e.stopPropagation(); set(null); } };
  return html`<section class="bar" aria-label="Filters" onKeyDown=${key}><div class="wrap">${list.map(chip)}${extra}<div class="end">${sum && html`<p class="sum">${sum}</p>`}<button class="btn small" type="button" onClick=${onExport}>Export <kbd aria-hidden="true">e</kbd></button></div></div>
    ${open && html`<div class="facet wrap" id="facet" key=${open}><${Facet} name=${open} at=${at} names=${names} close=${() => set(null)} /></div>`}</section>`;
}

/** Parameters that filter events; others belong to a view. */
const FILTER = ['from', 'to', 'actor', 'who', 'whom', 'type', 'quad', 'place', 'outlet', 'modality', 'ind', 'q'];

function Facet({ name, at, names, close }) {
  const ask = Object.fromEntries(Object.entries(asked(at.params)).filter(([k]) => FILTER.includes(k)));
  const counted = name !== 'period' && name !== 'q';
  const answer = useAnswer(counted ? address('facets', ask) : null);
  const values = answer.value?.data[name];
  const to = change => link(at.view, { ...at.params, pick: undefined, ...change }, at.id);
  if (name === 'period') return html`<${Period} at=${at} to=${to} close=${close} />`;
  if (name === 'q') return html`<${Text} name="q" at=${at} to=${to} close=${close} />`;
  if (!values) return html`<p class="dim sm">${answer.error ? `${answer.error.title}. ${answer.error.detail}` : 'Counting …'}</p>`;
  const set = (at.params[name] ?? '').split(',').filter(Boolean);
  const flip = v => {
    const next = LISTS[name] ? (set.includes(v) ? set.filter(x => x !== v) : [...set, v]) : set.includes(v) ? [] : [v];
    return to({ [name]: next.join(',') || undefined });
  };
  const listed = [...new Set([...values.map(v => v[0]), ...set])];
  const count = v => values.find(x => x[0] === v)?.[1] ?? 0;
  return html`<h2 class="vh">${CHIPS[name].name}</h2>${listed.length === 0 && html`<p class="dim sm">No value fits the other filters.</p>`}<ul class="facets">${listed.map(v => {
    const on = set.includes(v) || (name === 'ind' && v === '1' && !at.params.ind);
    return html`<li><a class=${`opt${on ? ' on' : ''}`} aria-current=${on ? 'true' : undefined} href=${flip(v)}><span>${called(name, v, names)}</span><span class="num dim">${words.num(count(v))}</span></a></li>`;
  })}</ul>
  <p class="cardacts">${CHIPS[name].keys.some(k => at.params[k]) && html`<a class="btn small" href=${to(Object.fromEntries(CHIPS[name].keys.map(k => [k, undefined])))}>${CHIPS[name].any}</a>`}<button class="btn small" type="button" onClick=${close}>Close</button></p>`;
}

function Period({ at, to, close }) {
  const submit = e => {
    e.preventDefault();
    const data = new FormData(e.currentTarget);
    go(to({ from: data.get('from') || undefined, to: data.get('to') || undefined, brush: undefined }));
    close();
  };
  return html`<form class="dates" onSubmit=${submit}><label class="inlab">From <input class="inp" type="date" name="from" value=${at.params.from ?? ''} /></label><label class="inlab">to <input class="inp" type="date" name="to" value=${at.params.to ?? ''} /></label>
    <button class="btn small solid" type="submit">Use these days</button>${(at.params.from || at.params.to || at.params.brush) && html`<a class="btn small" href=${to({ from: undefined, to: undefined, brush: undefined })}>Any day</a>`}<button class="btn small" type="button" onClick=${close}>Close</button></form>`;
}

function Text({ name, at, to, close }) {
  const submit = e => {
    e.preventDefault();
    go(to({ [name]: new FormData(e.currentTarget).get('text').trim() || undefined }));
    close();
  };
  return html`<form class="dates" onSubmit=${submit}><label class="inlab">${CHIPS[name].name} <input class="inp" name="text" value=${at.params[name] ?? ''} /></label><button class="btn small solid" type="submit">Use</button>${at.params[name] && html`<a class="btn small" href=${to({ [name]: undefined })}>${CHIPS[name].any}</a>`}<button class="btn small" type="button" onClick=${close}>Close</button></form>`;
}

/** A switch between a few values of one parameter, drawn as a group of chips. */
export function Choice({ at, name, values, label }) {
  const now = at.params[name] ?? values[0][0];
  return html`<span class="choice" role="group" aria-label=${label}>${values.map(([v, say]) => html`<a class="chip" aria-current=${v === now ? 'true' : undefined} href=${link(at.view, { ...at.params, [name]: v }, at.id)}>${say}</a>`)}</span>`;
}
