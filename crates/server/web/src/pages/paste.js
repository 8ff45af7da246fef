// Reads a pasted page at once. It is kept only when the reader says so and the program was started to allow it.
import { useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { link } from '../url.js';
import { address, post, useAnswer } from '../api.js';
import { Note } from '../parts.js';
import { Reading } from './article.js';
import { useTitle } from './view.js';

export function Paste({ at }) {
  useTitle('Read a page');
  const [state, set] = useState({ busy: false, error: null, answer: null, sent: null });
  const form = useRef(null);
  const status = useAnswer(address('status')).value?.data;
  const send = async (body, params) => {
    set(s => ({ ...s, busy: true, error: null }));
    try {
      const answer = await post('read', body, params);
      set({ busy: false, error: null, answer, sent: { body, params } });
      document.getElementById('main')?.focus();
      scrollTo(0, 0);
    } catch (error) { set(s => ({ ...s, busy: false, error })); }
  };
  const submit = async e => {
    e?.preventDefault();
    const data = new FormData(form.current);
    const file = data.get('file');
    const text = file?.size ? await file.text() : data.get('page');
    if (!text.trim()) { set(s => ({ ...s, error: { title: 'There is nothing to read', detail: 'Paste the text of a page, or choose a file.' } })); return; }
    send(text, { date: data.get('date') || undefined });
  };
  const keep = () => send(state.sent.body, { ...state.sent.params, keep: 'yes' });
  const again = () => set({ busy: false, error: null, answer: null, sent: null });
  if (state.answer) return html`<main id="main" tabindex="-1"><div class="wrap"><div class="kept">${state.answer.kept ? html`<p>Kept. <a href=${link('article', {}, state.answer.data.id)}>Its page in the database</a></p>` : html`<p>Read on this machine and not kept.</p>`}<p class="cardacts"><button class="btn small" type="button" onClick=${again}>Read another</button>${!state.answer.kept && status?.allow_add && html`<button class="btn small solid" type="button" disabled=${state.busy} onClick=${keep}>Keep it</button>`}</p></div>
    ${state.error && html`<${Note} bad=${true} alert=${true} title=${state.error.title}><p>${state.error.detail}</p><//>`}<${Reading} a=${state.answer.data} at=${at} kept=${false} to=${() => '/paste'} /></div></main>`;
  return html`<main id="main" tabindex="-1"><div class="wrap"><p class="crumb">Read a page</p><h1>Paste a page, see who did what to whom</h1><p class="deck">Text, HTML, or the address of a page. It is read here, on this machine${status && !status.allow_add ? ', and not kept: the program was started to show, not to add' : ', and kept only if you say so'}.</p>
    ${state.error && html`<div class="gap"><${Note} bad=${true} alert=${true} title=${state.error.title}><p>${state.error.detail}</p><//></div>`}
    <div class="cols gap2"><form ref=${form} onSubmit=${submit}><label class="lbl" for="pg">Page, text, HTML or address</label><textarea class="big" id="pg" name="page" placeholder="Paste the whole page; menus and tickers are set aside for you." onKeyDown=${e => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && submit(e)}></textarea>
      <div class="cardacts gap"><label class="inlab">or a file <input class="file" id="fl" name="file" type="file" accept=".html,.htm,.txt,text/html,text/plain" /></label><label class="inlab">Published <input type="date" name="date" class="inp" aria-describedby="dh" /></label><button class="btn solid" type="submit" disabled=${state.busy}>${state.busy ? 'Reading …' : 'Read it'} <kbd aria-hidden="true">Ctrl ↵</kbd></button></div><p class="dim sm" id="dh">Without a date, the one found on the page is taken.</p></form>
      <aside><h2 class="sec">What comes back</h2><ul class="todo"><li>The article, with every mark tied to its words</li><li>Events, quotes and claims with their sources</li><li>For each verb without an event, the reason</li>${status?.allow_add && html`<li>A permalink, if you keep it</li>`}</ul></aside></div></div></main>`;
}
