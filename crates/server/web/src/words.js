// Values as a reader meets them: dates, counts, modality, actors, short sentences about events.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEK = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const split = day => day.slice(0, 10).split('-').map(Number);

/** `14 Mar 2031`, or `14 Mar` without the year. */
export function day(iso, year = true) {
  if (!iso) return 'no date';
  const [y, m, d] = split(iso);
  if (!d) return iso;
  return `${d} ${MONTHS[m - 1]}${year ? ` ${y}` : ''}`;
}

/** `Friday` style long day: `Fri 14 March 2031`. */
export function longDay(iso) {
  if (!iso) return 'no date';
  const [y, m, d] = split(iso);
  if (!d) return iso;
  return `${WEEK[new Date(Date.UTC(y, m - 1, d)).getUTCDay()]} ${d} ${LONG[m - 1]} ${y}`;
}

/** A stretch of days in few words: `9–14 Mar 2031`. */
export function days(from, to) {
  if (!from && !to) return 'all days';
  if (!to || from === to) return from ? (to ? day(from) : `since ${day(from)}`) : 'all days';
  if (!from) return `until ${day(to)}`;
  const [y1, m1, d1] = split(from);
  const [y2, m2] = split(to);
  if (y1 === y2 && m1 === m2) return `${d1}–${day(to)}`;
  return `${day(from, y1 !== y2)}–${day(to)}`;
}

/** Day and time as far as the page gave it. */
export function moment(iso) {
  if (!iso) return 'no date';
  return iso.length > 10 ? `${day(iso)}, ${iso.slice(11, 16)}` : day(iso);
}

/** The clock time alone, or the day when there is none. */
export const clock = iso => (iso && iso.length > 10 ? iso.slice(11, 16) : day(iso, false));

/** Grouped digits, a true minus sign. */
export const num = n => String(Math.abs(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace(/^/, n < 0 ? '−' : '');

/** One decimal with a true minus sign. */
export const score = x => (x === null || x === undefined ? 'no score' : `${x < 0 ? '−' : ''}${Math.abs(x).toFixed(1)}`);

/** `1 report`, `3 reports`. */
export const many = (n, one, more = `${one}s`) => `${num(n)} ${n === 1 ? one : more}`;

/** `3 reports, 1 independent`; a single one is `1 report`. */
export const reports = (n, ind) => (n <= 1 ? '1 report' : `${num(n)} reports, ${num(ind)} independent`);

export const QUADS = {
  1: { name: 'verbal cooperation', say: 'words of cooperation' },
  2: { name: 'material cooperation', say: 'deeds of cooperation' },
  3: { name: 'verbal conflict', say: 'words of conflict' },
  4: { name: 'material conflict', say: 'deeds of conflict' },
};

/** How each modality is drawn and said; `real`: it counts in charts; `ghost`: its sign is dotted. */
export const MODALITY = {
  asserted: { cls: '', say: 'asserted', real: true, ghost: false },
  reported: { cls: 'm-said', say: 'reported', real: true, ghost: false },
  possible: { cls: 'm-might', say: 'possible', real: false, ghost: true },
  planned: { cls: 'm-might', say: 'planned', real: false, ghost: true },
  hypothetical: { cls: 'm-might', say: 'hypothetical', real: false, ghost: true },
  negated: { cls: 'm-not', say: 'did not happen', real: false, ghost: true },
  historical: { cls: 'm-might', say: 'earlier time', real: false, ghost: false },
};
export const modality = m => MODALITY[m] ?? { cls: 'm-might', say: m, real: false, ghost: true };

/** Title, past and base form with and without an object, for each PLOVER type. The past needs no agreement with the doer. */
const TYPES = {
  AGREE: ['Agree', 'agreed with', 'agree with', 'agreed', 'agree'], CONSULT: ['Consult', 'met', 'meet', 'held talks', 'hold talks'], SUPPORT: ['Support', 'supported', 'support', 'gave support', 'give support'], CONCEDE: ['Concede', 'gave way to', 'give way to', 'gave way', 'give way'],
  COOPERATE: ['Cooperate', 'worked with', 'work with', 'cooperated', 'cooperate'], AID: ['Aid', 'helped', 'help', 'gave aid', 'give aid'], RETREAT: ['Retreat', 'gave in to', 'give in to', 'gave in', 'give in'], REQUEST: ['Request', 'asked', 'ask', 'made a request', 'make a request'],
  ACCUSE: ['Accuse', 'accused', 'accuse', 'accused others', 'accuse others'], REJECT: ['Reject', 'refused', 'refuse', 'refused', 'refuse'], THREATEN: ['Threaten', 'threatened', 'threaten', 'threatened', 'threaten'], PROTEST: ['Protest', 'protested against', 'protest against', 'protested', 'protest'],
  SANCTION: ['Sanction', 'penalised', 'penalise', 'imposed a penalty', 'impose a penalty'], MOBILIZE: ['Mobilize', 'moved forces against', 'move forces against', 'moved forces', 'move forces'], COERCE: ['Coerce', 'coerced', 'coerce', 'used coercion', 'use coercion'], ASSAULT: ['Assault', 'attacked', 'attack', 'attacked', 'attack'],
};

/** `Threaten, restrict`. */
export const typeWord = (type, mode = '') => [TYPES[type]?.[0] ?? type, ...mode.split('+').filter(Boolean)].join(', ');

const names = list => {
  const all = [...new Set(list.map(a => a.name))];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
};

/** Names of one side, never blank. */
export const side = list => names(list) || 'nobody named';

/** A short sentence about an event; what did not happen, or is only told, never loses its hedge. */
export function brief(ev) {
  const verb = TYPES[ev.type] ?? [ev.type, `${ev.type}:`, ev.type, ev.type, ev.type];
  const whom = names(ev.whom);
  const [past, base] = whom ? [`${verb[1]} ${whom}`, `${verb[2]} ${whom}`] : [verb[3], verb[4]];
  const doer = names(ev.who) || 'Somebody not named';
  const said = { reported: `reportedly ${past}`, possible: `possibly ${past}`, planned: `to ${base} (planned)`, hypothetical: `to ${base} (not done: supposed or asked for)`, negated: `did not ${base}`, historical: `${past} (earlier)` };
  const text = `${doer} ${said[ev.modality] ?? past}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What reports differ about, as a reader asks it: `killed` is a number, a type in capitals is whether it happened. */
export function point(about) {
  const deed = /^([A-Z]+)( of .+)?$/.exec(about);
  if (deed && TYPES[deed[1]]) return deed[2] ? `who did it (${typeWord(deed[1]).toLowerCase()}${deed[2]})` : `whether it happened (${typeWord(deed[1]).toLowerCase()})`;
  return /^(killed|injured|arrested|displaced|crowd|troops|weapons|money)\b/.test(about) ? `how many (${about})` : about;
}

/** Precision of a place in words. */
export const exact = p => ({ city: 'city', site: 'site', adm1: 'province', adm2: 'district', country: 'country', region: 'region', sea: 'sea area', near: 'near' }[p] ?? p);

/** Codes that stand for no single state, as PLOVER has them. */
const BODIES = { UNO: 'United Nations', EUR: 'European Union', IGO: 'International bodies', NGO: 'Non-governmental bodies', ISM: 'International Islamic movements', IMG: 'International armed groups', MNC: 'Multinational companies', KOS: 'Kosovo' };

/** Sectors of actor codes, as PLOVER has them. */
const SECTORS = { AGR: 'farmers', BUS: 'business', COP: 'police', CRM: 'criminals', CVL: 'civilians', EDU: 'education', ELI: 'elites', JRN: 'journalists', JUD: 'courts', LAB: 'workers', LEG: 'legislature', MED: 'media', MIL: 'military', OPP: 'opposition', PRE: 'former officials', PRM: 'paramilitaries', PTY: 'parties', REB: 'rebels', REF: 'refugees', REL: 'clergy', SOC: 'society', SPY: 'intelligence', UAF: 'armed forces, unclear', UNK: 'unknown', GOV: 'government' };

/** What a code is called: the name in the answer, or that of a body, `Peru (military)` for `PERMIL`, or the code itself. */
export const named = (names, code) => names?.[code] ?? BODIES[code] ?? sector(names, code) ?? code;

function sector(names, code) {
  const parts = /^([A-Z]{3})([A-Z]{3})?$/.exec(code);
  if (!parts) return null;
  const [head, tail] = [parts[1], parts[2]];
  if (!tail) return SECTORS[head] ? `${SECTORS[head].charAt(0).toUpperCase()}${SECTORS[head].slice(1)}` : null;
  const of = names?.[head] ?? BODIES[head];
  return of && SECTORS[tail] ? `${of} (${SECTORS[tail]})` : null;
}

/** True for a node that is a state itself, not its people or bodies. */
export const isState = x => x.kind === 'country' && (!x.id.includes('/') || x.id.startsWith('country/'));
