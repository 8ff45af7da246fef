// What a reader decides about a story: some reports are another one, or another story is this one. Each can be taken back.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { go, link } from './url.js';
import { address, post, useAnswer } from './api.js';
import { Note, say } from './parts.js';
import * as words from './words.js';

const reports = n => words.many(n, 'report');
const what = d => (d.kind === 'merge' ? `${reports(d.sides[0].length)} and ${reports(d.sides[1].length)} are one story` : `${reports(d.sides[1].length)} left a story, ${reports(d.sides[0].length)} stayed`);

/** Every report of a story: origins with their copies below them. */
const all = s => s.origins.flatMap(o => [{ ...o, copy: false }, ...o.copies.map(c => ({ ...c, copy: true }))]);

/** Decisions that hold, and, where the program allows it, the means to make and undo them. */
export function Decide({ s, again }) {
  const allowed = useAnswer(address('status')).value?.data.allow_add;
  const [open, show] = useState(null);
  const [state, set] = useState({ busy: false, error: null });
  const send = async (path, body, params, done) => {
    set({ busy: true, error: null });
    try {
      const { stories } = (await post(path, body, params)).data;
      set({ busy: false, error: null });
      show(null);
      say(done);
      if (stories.includes(s.id)) again();
      else go(link('story', {}, stories[0]));
    } catch (error) { set({ busy: false, error }); }
  };
  if (!allowed && !s.decisions.length) return null;
  const toggle = name => () => { set({ busy: false, error: null }); show(open === name ? null : name); };
  return html`<section aria-labelledby="dec"><h2 class="sec" id="dec"><span>${s.decisions.length ? 'Decided by a reader' : 'Not one story?'}</span></h2>
    ${s.decisions.length > 0 && html`<ul class="todo">${s.decisions.map(d => html`<li>${what(d)}<small>${words.moment(d.made)}${d.note ? `: ${d.note}` : ''}</small>${allowed && html`<button class="btn small" type="button" disabled=${state.busy} onClick=${() => send(`decisions/${d.n}/undo`, '', {}, 'Taken back')}>Undo</button>`}</li>`)}</ul>`}
    ${allowed && html`<p class="dim sm">What you decide here holds whatever is read later, and can be undone.</p><p class="cardacts">
      ${s.counts.articles > 1 && html`<button class="btn small" type="button" aria-expanded=${open === 'split'} onClick=${toggle('split')}>Split reports off …</button>`}
      <button class="btn small" type="button" aria-expanded=${open === 'merge'} onClick=${toggle('merge')}>Merge with another …</button></p>`}
    ${state.error && html`<${Note} bad=${true} alert=${true} title=${state.error.title}><p>${state.error.detail}</p><//>`}
    ${open === 'split' && html`<${Split} s=${s} busy=${state.busy} send=${send} />`}${open === 'merge' && html`<${Merge} s=${s} busy=${state.busy} send=${send} />`}</section>`;
}

const Why = ({ note, set }) => html`<label class="lbl" for="dnote">Why, for whoever reads it later</label><input class="inp full" id="dnote" maxlength="300" autocomplete="off" value=${note} onInput=${e => set(e.target.value)} />`;

function Split({ s, busy, send }) {
  const [leave, choose] = useState(() => new Set());
  const [note, set] = useState('');
  const toggle = id => { const next = new Set(leave); if (!next.delete(id)) next.add(id); choose(next); };
  const bad = leave.size === 0 || leave.size === s.counts.articles;
  const submit = e => { e.preventDefault(); if (!bad) send(`stories/${encodeURIComponent(s.id)}/split`, [...leave].join('\n'), { note }, `${reports(leave.size)} split off`); };
  return html`<form class="decide" onSubmit=${submit}><fieldset><legend class="lbl">Reports that tell of something else</legend><ul class="picks">${all(s).map(r => html`<li class=${r.copy ? 'copy' : ''}><label><input type="checkbox" checked=${leave.has(r.article)} onChange=${() => toggle(r.article)} /><span><b>${r.outlet ?? 'outlet not stated'}</b>, ${words.moment(r.at)}${r.copy ? ', a copy' : html`<br /><span class="serif">${r.title}</span>`}</span></label></li>`)}</ul></fieldset>
    <${Why} note=${note} set=${set} /><p class="cardacts"><button class="btn small solid" type="submit" disabled=${busy || bad}>${busy ? 'Settling …' : leave.size ? `Split ${reports(leave.size)} off` : 'Split off'}</button>${leave.size === s.counts.articles && html`<span class="dim sm">At least one report must stay.</span>`}</p></form>`;
}

function Merge({ s, busy, send }) {
  const [text, type] = useState('');
  const [asked, ask] = useState('');
  const [picked, pick] = useState(null);
  const [note, set] = useState('');
  useEffect(() => { const timer = setTimeout(() => ask(text.trim()), 200); return () => clearTimeout(timer); }, [text]);
  const id = asked.match(/(?:^|\/story\/)(s[0-9a-f]{6,})$/)?.[1];
  const one = useAnswer(id ? address(`stories/${id}`) : null);
  const many = useAnswer(asked && !id ? address('search', { q: asked }) : null);
  const found = id ? [one.value?.data].filter(x => x && !one.loading && !one.error).map(x => ({ id: x.id, title: x.title, articles: x.counts.articles })) : asked ? many.value?.data.stories ?? [] : [];
  const others = found.filter(x => x.id !== s.id);
  const chosen = others.some(x => x.id === picked);
  const submit = e => { e.preventDefault(); if (chosen) send(`stories/${encodeURIComponent(s.id)}/merge`, '', { with: picked, note }, 'Merged'); };
  return html`<form class="decide" onSubmit=${submit}><label class="lbl" for="dother">Words of the other story, its id or its link</label><input class="inp full" id="dother" type="search" autocomplete="off" value=${text} onInput=${e => type(e.target.value)} />
    ${others.length > 0 && html`<fieldset><legend class="vh">Stories found</legend><ul class="picks">${others.map(x => html`<li><label><input type="radio" name="other" checked=${picked === x.id} onChange=${() => pick(x.id)} /><span><span class="serif">${x.title || 'No headline'}</span><br /><span class="dim sm">${reports(x.articles)}</span></span></label></li>`)}</ul></fieldset>`}
    ${asked && !others.length && !one.loading && !many.loading && html`<p class="dim sm">No other story holds these words.</p>`}
    <${Why} note=${note} set=${set} /><p class="cardacts"><button class="btn small solid" type="submit" disabled=${busy || !chosen}>${busy ? 'Settling …' : 'They are one story'}</button></p></form>`;
}
