// Answers of the server as values for views: one request at a time for each place, errors as values.
import { useEffect, useRef, useState } from 'preact/hooks';
import { query } from './url.js';

const cache = new Map();
const CACHE = 40;

/** Address of an answer. */
export const address = (path, params = {}) => `/api/v1/${path}${query(params)}`;

/** Fetches one answer. Throws `{title, detail, status}`. */
export async function get(href, signal) {
  const known = cache.get(href);
  const answer = await ask(href, { signal, headers: known ? { 'If-None-Match': known.etag } : {} });
  if (answer.status === 304 && known) return known.value;
  const value = await answer.json();
  const etag = answer.headers.get('etag');
  if (etag) {
    if (cache.size >= CACHE) cache.delete(cache.keys().next().value);
    cache.set(href, { etag, value });
  }
  return value;
}

async function ask(href, options) {
  let answer;
  try {
    answer = await fetch(href, { credentials: 'same-origin', ...options });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw { title: 'The program does not answer', detail: 'Is demarche serve still running? Start it again if it stopped.', status: 0 };
  }
  if (answer.ok || answer.status === 304) return answer;
  let said = {};
  try { said = await answer.json(); } catch { /* an answer that is no JSON keeps its status line */ }
  throw { title: said.error?.message ?? `The server answered ${answer.status}`, detail: said.error?.hint ?? '', status: answer.status };
}

/** Posts a text and gives the answer. */
export async function post(path, body, params = {}) {
  const token = document.querySelector('meta[name=csrf]')?.content ?? '';
  const answer = await ask(address(path, params), { method: 'POST', body, headers: { 'X-Desk-Token': token, 'Content-Type': 'text/plain;charset=utf-8' } });
  return answer.json();
}

/** The answer for `href` in a view: `{value, error, loading, stale, again}`; the last value stays while the next one loads. */
export function useAnswer(href) {
  const [state, set] = useState({ href: null, value: null, error: null });
  const [turn, again] = useState(0);
  const latest = useRef(href);
  latest.current = href;
  useEffect(() => {
    if (!href) return undefined;
    const stop = new AbortController();
    get(href, stop.signal).then(
      value => latest.current === href && set({ href, value, error: null }),
      error => error.name !== 'AbortError' && latest.current === href && set(s => ({ ...s, href, error })),
    );
    return () => stop.abort();
  }, [href, turn]);
  const loading = Boolean(href) && state.href !== href;
  return { value: state.value, error: loading ? null : state.error, loading, again: () => { set(s => ({ ...s, href: null, error: null })); again(n => n + 1); } };
}

/** True once `loading` has lasted 150 ms: quick answers show no grey lines. */
export function useSlow(loading) {
  const [slow, set] = useState(false);
  useEffect(() => {
    if (!loading) { set(false); return undefined; }
    const timer = setTimeout(() => set(true), 150);
    return () => clearTimeout(timer);
  }, [loading]);
  return loading && slow;
}

/** A script or data file of the desk that only some views need. */
const parts = new Map();
export function part(name) {
  if (!parts.has(name)) {
    const made = name.endsWith('.json') ? fetch(`/static/${name}`).then(a => { if (!a.ok) throw { title: `${name} did not load`, detail: '' }; return a.json(); }) : import(`/static/${name}`);
    parts.set(name, made);
    made.catch(() => parts.delete(name));
  }
  return parts.get(name);
}

/** A lazily loaded part as a value, null until it is there. */
export function usePart(name) {
  const [value, set] = useState(null);
  const [error, fail] = useState(null);
  useEffect(() => {
    let on = true;
    part(name).then(v => on && set(() => v), e => on && fail(e));
    return () => { on = false; };
  }, [name]);
  return { value, error };
}
