// The evidence card: what stands behind the picked mark, field by field, and who says so.
import { useEffect, useState } from 'preact/hooks';
import { html } from './html.js';
import { link } from './url.js';
import { Kick, Side } from './parts.js';
import * as words from './words.js';

/** Field value with the words of the text and the rule behind it. */
function Row({ say, list, slice, empty, children }) {
  if (!list?.length && !children) return html`<dt>${say}</dt><dd class="dim">${empty}</dd>`;
  return html`<dt>${say}</dt><dd>${children}${(list ?? []).map(f => html`<span class="why">${f.span ? html`“${slice(...f.span)}”, ` : ''}${f.note ? `${f.note}, ` : ''}${f.rule}${f.row ? html` <span class="mono">${f.row}</span>` : ''}</span>`)}</dd>`;
}

/** Two buttons that say what they did. */
function Copy({ text, say, keys }) {
  const [done, set] = useState(false);
  const copy = () => navigator.clipboard?.writeText(text).then(() => { set(true); setTimeout(() => set(false), 1500); }, () => set(false));
  return html`<button class="btn small" type="button" onClick=${copy}>${done ? 'Copied' : say}${keys && html` <kbd aria-hidden="true">${keys}</kbd>`}</button>`;
}

/** Chain from the speaker to this page; a missing step is not invented. */
export function Chain({ chain, a }) {
  const steps = chain.filter(s => s.step !== 'outlet');
  if (!steps.length) return html`<div><p class="lbl">Said by the page itself</p><p class="dim sm">No source is named for it.</p></div>`;
  const roles = { speaker: 'says so', agency: 'agency, relays it', hedge: 'no source named' };
  return html`<div><p class="lbl">${words.many(steps.length + 1, 'step')} from the speaker to this page</p><ol class="chain">${steps.map(s => html`<li><b>${s.unnamed ? 'unnamed' : s.name}</b> ${roles[s.step] ?? s.step}${s.state_media ? ', state media' : ''}</li>`)}<li class="here"><b>${a.outlet ?? 'This page'}</b> prints it${a.published ? `, ${words.moment(a.published.at)}` : ''}</li></ol></div>`;
}

export function EventCard({ a, ev, close, kept }) {
  const [why, open] = useState(false);
  useEffect(() => {
    const flip = () => open(o => !o);
    addEventListener('desk:why', flip);
    return () => removeEventListener('desk:why', flip);
  }, []);
  const chars = [...a.text];
  const slice = (x, y) => chars.slice(x, y).join('');
  const f = ev.fields;
  return html`<section class="card" aria-labelledby="card">
    <div><div class="cardtop"><${Kick} ev=${ev}><span class="dim mono">CAMEO ${ev.cameo}${ev.goldstein === null ? '' : `, ${words.score(ev.goldstein)}`}</span><//><button class="btn small" type="button" onClick=${close} aria-label="Close the card">×</button></div><h2 id="card">${words.brief(ev)}</h2></div>
    <dl class="roles"><${Row} say="Who" list=${f.who} slice=${slice} empty="nobody named">${ev.who.length > 0 && html`<b><${Side} list=${ev.who} /></b> ${codes(ev.who)}`}<//>
    <${Row} say="Did" list=${f.did} slice=${slice}><b>${f.did?.map(d => d.value).join(' … ')}</b><//>
    <${Row} say="To whom" list=${f.whom} slice=${slice} empty="nobody named">${ev.whom.length > 0 && html`<b><${Side} list=${ev.whom} /></b> ${codes(ev.whom)}`}<//>
    <${Row} say="When" list=${f.when} slice=${slice} empty="no day">${ev.day && html`<b>${words.longDay(ev.day)}</b>${ev.day_end ? ` to ${words.day(ev.day_end)}` : ''}, ${ev.day_exact ? 'to the day' : 'day of publication'}`}<//>
    <${Row} say="Where" list=${f.where} slice=${slice} empty="no place named for it">${ev.place && html`<b>${ev.place.name}</b>, ${words.exact(ev.place.exact)}`}<//>
    ${f.count && html`<${Row} say="How many" list=${f.count} slice=${slice}><b>${f.count.map(c => c.value).join(', ')}</b><//>`}
    ${f.doubt && html`<${Row} say="Doubt" list=${f.doubt} slice=${slice}><b>${f.doubt.map(c => `“${c.value}”`).join(', ')}</b><//>`}</dl>
    <${Chain} chain=${ev.chain} a=${a} />
    ${ev.event && a.story && html`<div><p class="lbl">Other reports</p><p class="sm"><a href=${link('story', { pick: ev.event }, a.story)}>Open the story</a> to see who else tells of it, who copied whom and where they differ.</p></div>`}
    ${ev.hit_rate !== null && ev.hit_rate !== undefined && html`<div><p class="lbl">${Math.round(ev.confidence * 100)} of 100 confident</p><div class="meter" role="img" aria-label=${`confidence ${Math.round(ev.confidence * 100)} of 100`}><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width=${ev.confidence * 100} height="6" /></svg></div><p class="dim sm">Of test marks at this level, ${Math.round(ev.hit_rate * 100)} of 100 were right.</p></div>`}
    <div class="cardacts">${kept && html`<${Copy} text=${location.href} say="Copy link" keys="c" />`}<${Copy} text=${JSON.stringify(ev, null, 1)} say="Copy JSON" /><button class="btn small" type="button" aria-expanded=${String(why)} onClick=${() => open(!why)}>Why this code <kbd aria-hidden="true">x</kbd></button></div>
    ${why && html`<div><p class="lbl">Every decision in order</p><ol class="whylist">${ev.why.map(r => html`<li><b>${r.rule}</b>${r.row ? html` <span class="mono">${r.row}</span>` : ''}${r.note ? html`<span class="why">${r.note}</span>` : ''}${r.rejected?.length ? html`<span class="why">not: ${r.rejected.join('; ')}</span>` : ''}</li>`)}</ol></div>`}
    <details class="rawbox"><summary>JSON with character spans</summary><pre class="raw" tabindex="0">${JSON.stringify(raw(ev), null, 1)}</pre></details></section>`;
}

const codes = list => html`<span class="mono dim">${[...new Set(list.map(p => p.code))].filter(c => c && c !== '---').join(' ')}</span>`;
const raw = ev => ({ id: ev.event ?? ev.id, type: ev.type, mode: ev.mode || undefined, cameo: ev.cameo, who: ev.who.map(p => p.code), whom: ev.whom.map(p => p.code), day: ev.day, modality: ev.modality, spans: Object.fromEntries(Object.entries(ev.fields).map(([k, l]) => [k, l.map(f => f.span).filter(Boolean)])) });

export function SaidCard({ a, said, close }) {
  const kinds = { direct: 'word for word', mixed: 'partly word for word', indirect: 'in other words', hedged: 'claim without a named source' };
  return html`<section class="card" aria-labelledby="card"><div><div class="cardtop"><p class="kick"><span class="ty">Statement</span><span class=${`mod ${said.kind === 'direct' ? '' : 'm-said'}`}>${kinds[said.kind] ?? said.kind}</span></p><button class="btn small" type="button" onClick=${close} aria-label="Close the card">×</button></div><h2 id="card">${said.speaker ? said.speaker.name : 'Nobody named'} ${said.cue ? `· ${said.cue}` : ''}</h2></div>
    <div><p class="serif ind2">${said.kind === 'direct' ? html`<q>${said.text}</q>` : said.text}</p></div>
    <dl class="roles"><dt>Speaker</dt><dd>${said.speaker ? html`<b><${Side} list=${[said.speaker]} /></b> ${codes([said.speaker])}` : 'nobody named'}</dd>${said.to && html`<dt>To</dt><dd><b>${said.to.name}</b></dd>`}<dt>Cue</dt><dd>${said.cue ? html`<b>${said.cue}</b>, ${said.stance ?? 'neutral'}` : 'none'}</dd></dl>
    <${Chain} chain=${said.chain} a=${a} />
    <div><p class="lbl">Every decision in order</p><ol class="whylist">${said.why.map(r => html`<li><b>${r.rule}</b>${r.row ? html` <span class="mono">${r.row}</span>` : ''}${r.note ? html`<span class="why">${r.note}</span>` : ''}</li>`)}</ol></div></section>`;
}

/** In the place of the card while nothing is picked. */
export const NoCard = ({ roles, found }) => html`<section class="card" aria-labelledby="card"><div><h2 id="card">How to read the marks</h2></div><div><p class="sm">${found ? 'Pick a number or a marked word to see who did what to whom, the rule behind it, and who says so.' : 'Nothing on this page tells of an event.'}</p></div>
  <ul class="markkey">${roles.map(([, say, cls]) => html`<li><mark class=${cls}>${say}</mark></li>`)}</ul><div><p class="dim sm"><kbd>[</kbd> <kbd>]</kbd> previous, next event · <kbd>x</kbd> why · <kbd>Esc</kbd> close</p></div></section>`;
