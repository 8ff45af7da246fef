// The address bar as the only state: path and query to a plain object and back, canonical and checked.

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = v => DAY.test(v) && !Number.isNaN(Date.parse(v));
const count = v => /^[1-9]\d{0,2}$/.test(v);
const word = v => v.length > 0 && v.length <= 200;
const one = (...list) => v => list.includes(v);

/** Parameters that mean the same in every view, with the check of each. */
export const SHARED = {
  from: day, to: day, actor: word, who: word, whom: word, type: word, quad: v => /^[1-4](,[1-4])*$/.test(v), place: word,
  outlet: word, modality: word, ind: count, q: word,
  brush: v => { const [a, b, more] = v.split('..'); return more === undefined && day(a ?? '') && day(b ?? ''); },
};

/** Own parameters of each view with their checks; the first value of a choice is the default and is left out. */
export const OWN = {
  front: { since: v => v === 'last' || /^\d{4}-\d{2}-\d{2}(T[\d:.Z+-]+)?$/.test(v) },
  events: { sort: one('independent', 'newest', 'oldest', 'goldstein'), pick: word },
  timeline: { by: one('day', 'week', 'month'), show: one('count', 'goldstein') },
  dyad: { a: word, b: word, by: one('day', 'week', 'month') },
  network: { group: one('state', 'body', 'person'), min: count, draw: one('all'), pick: word },
  map: { fill: one('recipient', 'actor', 'place'), pick: word },
  article: { mark: word, layers: v => /^[a-z,]{1,80}$/.test(v), explain: one('none') },
  story: { pick: word },
  actor: {},
  paste: {},
  missing: {},
};
const DEFAULTS = { sort: 'independent', by: 'day', show: 'count', ind: '1', min: '1', group: 'state', fill: 'recipient' };
const VIEWS = ['events', 'timeline', 'dyad', 'network', 'map', 'paste'];

/** Which view a path names, and the id in it. */
export function route(path) {
  const parts = path.split('/').filter(Boolean);
  if (parts.length === 0) return { view: 'front', id: null };
  if (parts.length === 1 && VIEWS.includes(parts[0])) return { view: parts[0], id: null };
  if (['article', 'story'].includes(parts[0]) && parts.length === 2) return { view: parts[0], id: decode(parts[1]) };
  if (parts[0] === 'actor' && parts.length > 1) return { view: 'actor', id: parts.slice(1).map(decode).join('/') };
  return { view: 'missing', id: null };
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** Path and query to `{view, id, params, bad}`; `bad` names what was dropped. */
export function read(path, search) {
  const { view, id } = route(path);
  const checks = { ...SHARED, ...OWN[view] };
  const params = {};
  const bad = [];
  for (const [key, value] of new URLSearchParams(search)) {
    if (value === '') continue;
    if (!checks[key]) bad.push(key);
    else if (!checks[key](value)) bad.push(`${key}=${value}`);
    else if (DEFAULTS[key] !== value) params[key] = value;
  }
  return { view, id, params, bad };
}

/** A query string with sorted keys and no defaults: equal views have equal links. */
export function query(params) {
  const keys = Object.keys(params).filter(k => params[k] !== undefined && params[k] !== null && params[k] !== '' && DEFAULTS[k] !== String(params[k]));
  const out = new URLSearchParams();
  for (const key of keys.sort()) out.append(key, params[key]);
  const text = out.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
  return text && `?${text}`;
}

/** The shared parameters of a view: what a change of view keeps. */
export function shared(params) {
  return Object.fromEntries(Object.entries(params).filter(([k]) => SHARED[k]));
}

/** Parameters of the list behind a counted number: only what is asserted is counted. */
export const counted = params => ({ ...params, modality: params.modality ?? 'asserted' });

const segment = id => id.split('/').map(encodeURIComponent).join('/');

/** Link to a view with parameters. */
export function link(view, params = {}, id = null) {
  const path = view === 'front' ? '/' : id ? `/${view}/${segment(id)}` : `/${view}`;
  return path + query(params);
}

/** Goes to an address without loading the page. `replace` leaves no step for the back button. */
export function go(href, replace = false) {
  if (href === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  dispatchEvent(new Event('desk:moved'));
}
