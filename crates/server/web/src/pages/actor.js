// One person, body or state: what it did, what it said, under which names, with whom.
import { html } from '../html.js';
import { link } from '../url.js';
import { address, useAnswer } from '../api.js';
import { Note, Quote, Sent } from '../parts.js';
import { View } from './view.js';
import * as words from '../words.js';

export function Actor({ at }) {
  const answer = useAnswer(address(`actors/${at.id.split('/').map(encodeURIComponent).join('/')}`));
  const a = answer.value?.data;
  return html`<${View} answer=${answer} what="The actor" title=${a ? words.named(answer.value.names, a.name) : 'Actor'} said=${a && words.many(a.events.length, 'event')}>${() => html`<${Page} a=${a} names=${answer.value.names} />`}<//>`;
}

function Page({ a, names }) {
  const code = a.codes[0]?.code;
  const first = a.codes[0]?.from;
  return html`<p class="crumb">Actor <span class="mono">${code ?? a.id}</span></p><h1>${words.named(names, a.name)}</h1>
    <p class="deck">${words.many(a.events.length, 'event')}${a.events.length >= 100 ? ' (the newest 100)' : ''} and ${words.many(a.quotes.length, 'statement')}${first ? `, ${words.days(first, a.codes[0].to)}` : ''}; ${words.num(a.happened)} of the events are asserted.</p>
    ${a.others.length > 0 && html`<p class="sm">The name also fits ${a.others.slice(0, 6).map((o, i) => html`${i ? ', ' : ''}<a href=${link('actor', {}, o.id)}>${words.named(names, o.name)}</a> <span class="mono dim">${o.code}</span>`)}.</p>`}
    <div class="cols gap2"><div class="stack">
      <section aria-labelledby="did"><h2 class="sec" id="did"><span>What it did, and what was done to it</span><a class="more" href=${link('events', { actor: a.id, sort: 'newest' })}>All as a list</a></h2>${a.events.slice(0, 20).map(e => html`<div data-row><${Sent} ev=${e} /></div>`)}${a.events.length === 0 && html`<${Note} title="No event"><p>It is named in the pages, but no sentence makes it act.</p><//>`}</section>
      <section aria-labelledby="said-h"><h2 class="sec" id="said-h"><span>What it said</span><span class="more">${words.many(a.quotes.length, 'statement')}</span></h2>${a.quotes.slice(0, 20).map(q => html`<${Quote} q=${q} meta=${`${words.moment(q.published)} · ${q.outlet ?? 'outlet not stated'}${q.reports > 1 ? ` · ${words.many(q.reports, 'report')}` : ''}`} />`)}${a.quotes.length === 0 && html`<p class="dim">No statement of it was found.</p>`}</section>
    </div><aside class="rail" aria-label="About this actor"><section class="card"><div><p class="lbl">${words.many(a.names.length, 'name')} in the text</p><dl class="roles names">${a.names.map(([n, c]) => html`<dt class="num">${words.many(c, 'time')}</dt><dd>${words.named(names, n)}</dd>`)}</dl></div><div><p class="lbl">What it is</p><dl class="roles"><dt>Kind</dt><dd>${a.kind}</dd><dt>Code</dt><dd class="mono">${a.codes.map(c => c.code).join(', ') || 'none'}</dd><dt>Key</dt><dd class="mono">${a.id}</dd></dl></div></section>
      <section><h2 class="sec">Most often with</h2>${a.with.length ? html`<table><thead><tr><th scope="col">Actor</th><th scope="col" class="n">Events</th></tr></thead><tbody>${a.with.map(([c, n]) => html`<tr><th scope="row">${words.named(names, c)}</th><td class="n"><a href=${link('dyad', { a: a.id, b: c })} aria-label=${`${words.many(n, 'event')} with ${words.named(names, c)}`}>${n}</a></td></tr>`)}</tbody></table>` : html`<p class="dim sm">With nobody yet.</p>`}</section></aside></div>`;
}
