// The list of events with facets: one row an event, its sentence, its reports.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { link } from '../url.js';
import { address, get, useAnswer } from '../api.js';
import { Bar, Choice } from '../filter.js';
import { Ind, Mod, Nothing, Quad, Sentence, Side, Arrow } from '../parts.js';
import { View } from './view.js';
import * as words from '../words.js';

/** The shared parameters with the brush taken as the period. */
export function asked(params) {
  const { brush, pick: _, mark: __, ...rest } = params;
  if (!brush) return rest;
  const [from, to] = brush.split('..');
  return { ...rest, from, to };
}

function Row({ ev, at }) {
  const m = words.modality(ev.modality);
  const on = at.params.pick === ev.id;
  return html`<tr data-row class=${on ? 'sel' : ''} aria-current=${on ? 'true' : undefined}><td class="nw cd">${words.day(ev.day, false)}</td><td class="nw ct"><${Quad} quad=${ev.quad} ghost=${m.ghost} />${words.typeWord(ev.type)}</td>
    <th scope="row"><${Side} list=${ev.who} />${ev.mutual ? '' : html`<${Arrow} /><${Side} list=${ev.whom} />`}</th>
    <td class="serif tx"><a class="go plain" href=${link('article', { mark: `e${ev.number}` }, ev.article)}><${Sentence} ev=${ev} /></a></td>
    <td class="cp">${ev.place ? html`<a class="row" href=${link('events', { ...at.params, place: ev.place.id, pick: undefined })}>${ev.place.name}</a>` : html`<span class="dim">no place</span>`}</td><td class="cm"><${Mod} modality=${ev.modality} /></td><td class="nw cr"><${Ind} ev=${ev} /></td></tr>`;
}

export function Events({ at, onExport }) {
  const ask = asked(at.params);
  const answer = useAnswer(address('events', ask));
  const value = answer.value;
  const [more, add] = useState({ key: '', rows: [], next: null });
  const key = JSON.stringify(ask);
  useEffect(() => { add({ key, rows: [], next: value?.data.next ?? null }); }, [key, value]);
  const rows = value ? [...value.data.rows, ...(more.key === key ? more.rows : [])] : [];
  const next = more.key === key ? more.next : value?.data.next;
  const load = () => get(address('events', { ...ask, after: next })).then(a => add(m => (m.key === key ? { key, rows: [...m.rows, ...a.data.rows], next: a.data.next } : m)));
  const counts = value?.counts;
  const title = counts ? `${words.many(counts.events, 'event')}${ask.from || ask.to ? `, ${words.days(ask.from, ask.to)}` : ''}` : 'Events';
  const sum = counts && html`<b>${words.num(counts.events)}</b> events, <b>${words.num(counts.happened)}</b> asserted`;
  const bar = html`<${Bar} at=${at} names=${value?.names} sum=${sum} onExport=${onExport} extra=${html`<${Choice} at=${at} name="sort" label="Order" values=${[['independent', 'most independent'], ['newest', 'newest'], ['oldest', 'oldest'], ['goldstein', 'most hostile']]} />`} />`;
  return html`<${View} answer=${answer} what="Events" title=${title} said=${counts && words.many(counts.events, 'event')} bar=${bar}>${() => html`
    <p class="crumb">Events</p><h1>${title}</h1>${rows.length > 0 && html`<p class="deck">${ORDER[ask.sort ?? 'independent']}. Pick a row to read its sentence on the page; every number opens the reports behind it.</p>`}
    ${rows.length === 0 ? html`<div class="gap2"><${Nothing} params=${at.params} view="events" total=${value.total} /></div>` : html`<div class="tw gap" tabindex="0" role="region" aria-label="Events"><table class="cards evt"><thead><tr><th scope="col">Day</th><th scope="col">Type</th><th scope="col">Who <${Arrow} /> whom</th><th scope="col">What the text says</th><th scope="col">Place</th><th scope="col">Modality</th><th scope="col">Reports</th></tr></thead><tbody>${rows.map(ev => html`<${Row} ev=${ev} at=${at} key=${ev.id} />`)}</tbody></table></div>
    <p class="dim sm gap">${words.num(rows.length)} of ${words.num(counts.events)} shown. ${next && html`<button class="btn small" type="button" data-more onClick=${load}>Show the next ${Math.min(100, counts.events - rows.length)}</button> `}<span class="mhide"><kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>e</kbd> exports all ${words.num(counts.events)}.</span></p>`}`}<//>`;
}

const ORDER = { independent: 'Most independent reports first', newest: 'Newest first', oldest: 'Oldest first', goldstein: 'Most hostile first' };
