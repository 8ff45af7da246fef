// What tests share: a page that has been drawn and may not complain, and ids of the sample database.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** With DESK_DIST set, dist/ as it lies on the disk is tested, without building the program anew. */
export const fromDisk = page => page.route('**/static/**', r => { const file = fileURLToPath(new URL(`../dist/${new URL(r.request().url()).pathname.slice('/static/'.length)}`, import.meta.url)); return existsSync(file) ? r.fulfill({ path: file }) : r.fulfill({ contentType: 'text/javascript', body: '' }); });

/** Opens a path, waits until it is drawn, and collects complaints: console errors, dialogs, requests to other hosts. */
export async function open(browser, base, path, { width = 1440, height = 940, theme = 'light', quiet = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', m => m.type() === 'error' && page.complaints.push(m.text()));
  page.on('pageerror', e => page.complaints.push(String(e)));
  page.on('dialog', d => { page.complaints.push(`dialog ${d.message()}`); d.dismiss(); });
  page.on('request', r => { if (!r.url().startsWith(base) && !r.url().startsWith('data:')) page.complaints.push(`request to ${r.url()}`); });
  if (process.env.DESK_DIST) await fromDisk(page);
  await page.goto(base + path);
  await drawn(page);
  page.calm = () => { if (!quiet) assert.deepEqual(page.complaints, []); };
  return page;
}

/** Waits until nothing loads any more. */
export async function drawn(page) {
  await page.waitForSelector('main h1, main .note');
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'), null, { timeout: 20000 });
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

const known = new Map();
/** Ids to look at: a story told by many, its first report, an event. */
export async function first(base) {
  if (known.has(base)) return known.get(base);
  const ask = async path => (await fetch(`${base}/api/v1/${path}`)).json();
  const events = (await ask('events?ind=2&q=huaquillas')).data.rows;
  const ev = events.find(e => e.articles > 4) ?? events[0] ?? (await ask('events')).data.rows[0];
  const out = { story: ev.story, article: ev.article, event: ev.id, number: ev.number };
  known.set(base, out);
  return out;
}

/** The address of a page without its host. */
export const path = page => page.evaluate(() => location.pathname + location.search);
