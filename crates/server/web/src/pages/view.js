// The frame of a view: filter bar, title, and what stands there while it loads, fails or is empty.
import { useEffect } from 'preact/hooks';
import { html } from '../html.js';
import { Failed, Waiting, say } from '../parts.js';

/** Title of the window. */
export function useTitle(text) {
  useEffect(() => { document.title = text ? `${text} · demarche news desk` : 'demarche news desk'; }, [text]);
}

/** Draws `children(value)` once there is an answer. `bar` stands above; the heading stays while the next answer loads. */
export function View({ answer, what, title, said, bar, children }) {
  useTitle(title);
  useEffect(() => { if (said) say(said); }, [said]);
  const { value, error, loading, again } = answer;
  return html`${bar}<main id="main" tabindex="-1" aria-busy=${loading ? 'true' : undefined}><div class="wrap">
    ${error ? html`<h1 class="vh">${what}</h1><${Failed} error=${error} again=${again} what=${what} />` : !value ? html`<h1 class="vh">${what}</h1><${Waiting} loading=${true} what=${what.toLowerCase()} />` : children(value)}
  </div></main>`;
}
