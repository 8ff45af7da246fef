// The tests. Each gets `{browser, base, plain, closed}`: a browser, a server that may add, one that only shows, one with a token.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { drawn, first, open, path } from './tools.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const hostile = name => readFileSync(new URL(`hostile/${name}`, import.meta.url), 'utf8');
const ask = async (base, where) => (await fetch(`${base}/api/v1/${where}`)).json();
const VIEWS = async base => { const i = await first(base); return ['/', '/events', '/events?ind=90', '/timeline', '/timeline?show=goldstein', '/dyad', '/dyad?a=ECU&b=PER', '/network', '/network?pick=PER', '/network?group=body', '/network?group=person', '/map', `/article/${i.article}`, `/article/${i.article}?mark=e1`, `/story/${i.story}`, '/actor/country/ECU', '/paste', '/nothing', '/story/none']; };

/** Sets a clip of axe-core's verdict: rule and first node. */
async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 110)).slice(0, 3).join(' | ')}`);
}

async function sweep({ browser, base }, theme) {
  const bad = [];
  for (const view of await VIEWS(base)) for (const width of [1440, 390]) {
    const page = await open(browser, base, view, { width, theme, quiet: true });
    for (const v of await violations(page)) bad.push(`${view} at ${width} ${theme}: ${v}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) bad.push(`${view} at ${width} ${theme}: ${wide} px too wide`);
    await page.context().close();
  }
  assert.deepEqual(bad, []);
}

export const cases = {
  async 'every view is drawn without a complaint'({ browser, base }) {
    for (const view of (await VIEWS(base)).filter(v => v !== '/nothing' && v !== '/story/none')) {
      const page = await open(browser, base, view);
      page.calm();
      assert.equal(await page.locator('h1').count(), 1, view);
      assert.equal(await page.locator('td:empty, th:empty').count(), 0, `${view}: blank cell`);
      assert.ok(!/\b1 (reports|events|stories|pages)\b|undefined|NaN|\[object/.test(await page.innerText('body')), `${view}: words`);
      await page.context().close();
    }
  },

  async 'no view is too wide at 320, 760 and 1000 pixels'({ browser, base }) {
    const bad = [];
    for (const view of await VIEWS(base)) for (const width of [320, 760, 1000]) {
      const page = await open(browser, base, view, { width, quiet: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) bad.push(`${view} at ${width}: ${wide}`);
      await page.context().close();
    }
    assert.deepEqual(bad, []);
  },

  'axe-core finds nothing, light': t => sweep(t, 'light'),
  'axe-core finds nothing, dark': t => sweep(t, 'dark'),

  async 'the text of an article is whole, and marks open their card'({ browser, base }) {
    const { article } = await first(base);
    const { data } = await ask(base, `articles/${article}`);
    const page = await open(browser, base, `/article/${article}`);
    const chars = [...data.text];
    const body = data.blocks.filter(b => b.kind === 'body').map(b => chars.slice(...b.span).join(''));
    const shown = await page.evaluate(() => [...document.querySelectorAll('.txt > p, .txt > h2, .txt > blockquote')].map(p => { const c = p.cloneNode(true); c.querySelectorAll('a.ref').forEach(a => a.remove()); return c.textContent; }));
    assert.deepEqual(shown, body);
    await page.locator('a.ref').first().click();
    assert.match(await path(page), /mark=e1/);
    await page.waitForSelector('.card dl.roles');
    assert.ok(await page.locator('mark.on[data-role]').count() > 0);
    await page.keyboard.press(']');
    await page.waitForFunction(() => /mark=e2/.test(location.search));
    await page.keyboard.press('x');
    await page.waitForSelector('.whylist');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !/mark=/.test(location.search));
    await page.goBack();
    await page.waitForFunction(() => /mark=/.test(location.search));
    const boxes = page.locator('.layers input');
    await boxes.first().click();
    assert.match(await path(page), /layers=/);
    page.calm();
  },

  async 'every number opens a list of that length'({ browser, base }) {
    const all = await ask(base, 'events?limit=1000');
    assert.equal(all.data.rows.length, all.counts.events);
    for (const ev of all.data.rows) {
      assert.equal(ev.groups.reduce((a, b) => a + b, 0), ev.articles, ev.id);
      assert.equal(ev.groups.length, ev.independent, ev.id);
    }
    const answer = await ask(base, 'timeline');
    const line = answer.data;
    const inside = e => e.day >= line.days[0] && e.day <= line.days.at(-1);
    const real = all.data.rows.filter(e => e.reality === 'happened' && e.day && inside(e));
    assert.equal(all.data.rows.filter(e => e.day && !inside(e)).length, answer.other_days);
    assert.equal(line.q.flat().reduce((a, b) => a + b, 0), real.length);
    const place = (await ask(base, 'map')).data;
    assert.equal(place.pins.reduce((a, p) => a + p.n, 0) + place.unlocated, all.data.rows.filter(e => e.reality === 'happened').length);
    const facets = (await ask(base, 'facets')).data;
    for (const [type, n] of facets.type) assert.equal((await ask(base, `events?type=${type}`)).counts.events, n, type);
    const page = await open(browser, base, '/timeline');
    await page.keyboard.press('t');
    await page.waitForSelector('details.twin-table tbody tr');
    const rows = await page.locator('details.twin-table table').first().locator('tbody tr').evaluateAll(list => list.map(r => [...r.querySelectorAll('td')].slice(0, 4).map(c => Number(c.textContent))));
    assert.deepEqual(rows, line.days.map((_, i) => line.q.map(q => q[i])));
  },

  async 'pages of events are cut by a cursor and answers carry tags'({ base }) {
    const one = await ask(base, 'events?limit=10&sort=newest');
    const two = await ask(base, `events?limit=10&sort=newest&after=${one.data.next}`);
    const both = await ask(base, 'events?limit=20&sort=newest');
    assert.deepEqual([...one.data.rows, ...two.data.rows].map(e => e.id), both.data.rows.map(e => e.id));
    const answer = await fetch(`${base}/api/v1/events`);
    const again = await fetch(`${base}/api/v1/events`, { headers: { 'If-None-Match': answer.headers.get('etag') } });
    assert.equal(again.status, 304);
    const odd = await ask(base, 'events?from=soon&what=1');
    assert.deepEqual(odd.dropped.map(d => d.name).sort(), ['from', 'what']);
    const doc = await ask(base, 'openapi.json');
    for (const route of Object.keys(doc.paths).filter(p => doc.paths[p].get && !p.includes('{'))) {
      const got = await fetch(`${base}/api/v1${route}${route.startsWith('/dyad') ? '?a=ECU&b=PER' : ''}`);
      assert.equal(got.status, 200, route);
    }
  },

  async 'stories are split and merged by hand, and back, only where that is allowed'({ browser, base, plain }) {
    const ids = await first(base);
    const href = `/story/${ids.story}`;
    const closed = await open(browser, plain, href);
    assert.equal(await closed.locator('#dec').count(), 0);
    closed.calm();
    const before = (await ask(base, `stories/${ids.story}`)).data;
    const page = await open(browser, base, href);
    await page.getByRole('button', { name: 'Split reports off …' }).press('Enter');
    const boxes = page.locator('.decide input[type=checkbox]');
    assert.equal(await boxes.count(), before.counts.articles);
    const go = page.getByRole('button', { name: /^Split (off|\d+ report)/ });
    assert.equal(await go.isDisabled(), true);
    await boxes.last().focus();
    await page.keyboard.press('Space');
    await page.fill('#dnote', 'tells of <b>another</b> day');
    assert.deepEqual(await violations(page), []);
    await go.press('Enter');
    await page.waitForSelector('#dec + .todo, .todo .btn');
    await drawn(page);
    const cut = (await ask(base, `stories/${ids.story}`)).data;
    assert.equal(cut.counts.articles, before.counts.articles - 1);
    assert.equal(cut.decisions[0].note, 'tells of <b>another</b> day');
    assert.match(await page.innerText('section[aria-labelledby=dec]'), /1 report left a story, \d+ reports stayed[^]*<b>another<\/b>/);
    const left = (await ask(base, `articles/${cut.decisions[0].sides[1][0]}`)).data.story;
    // The other way round: by its link, the story that left is merged in again.
    await page.getByRole('button', { name: 'Merge with another …' }).press('Enter');
    await page.fill('#dother', `${base}/story/${left}`);
    await page.locator('.decide input[type=radio]').first().check();
    await page.getByRole('button', { name: 'They are one story' }).press('Enter');
    await page.waitForFunction(() => document.querySelectorAll('section[aria-labelledby=dec] .todo li').length === 2);
    assert.equal((await ask(base, `stories/${ids.story}`)).data.counts.articles, before.counts.articles);
    for (const n of [1, 0]) {
      await page.locator('section[aria-labelledby=dec] .todo .btn').first().press('Enter');
      await page.waitForFunction(k => document.querySelectorAll('section[aria-labelledby=dec] .todo li').length === k, n);
    }
    const after = (await ask(base, `stories/${ids.story}`)).data;
    assert.deepEqual([after.counts, after.decisions], [before.counts, []]);
    page.calm();
  },

  async 'exports hold exactly what is shown'({ browser, base, program, db }) {
    const page = await open(browser, base, '/events?type=ACCUSE');
    await page.keyboard.press('e');
    await page.waitForSelector('dialog[open]');
    const links = await page.locator('dialog a').evaluateAll(list => list.map(a => a.getAttribute('href')));
    const shown = (await ask(base, 'events?type=ACCUSE')).counts.events;
    assert.match(await page.innerText('dialog pre'), /demarche events --type ACCUSE/);
    const body = async kind => (await fetch(base + links.find(l => l.includes(`.${kind}`)))).text();
    assert.equal((await body('csv')).split('\n').length - 2, shown);
    assert.equal((await body('jsonl')).trim().split('\n').filter(l => JSON.parse(l).type === 'ACCUSE').length, shown);
    const geo = await body('geojson');
    assert.equal(JSON.parse(geo).features.length, shown);
    assert.equal(geo, execFileSync(program, ['export', '--format', 'geojson', '--type', 'ACCUSE', '--db', db], { encoding: 'utf8' }));
    const gexf = await (await fetch(`${base}/api/v1/network.gexf`)).text();
    const atom = await body('atom');
    for (const xml of [gexf, atom]) assert.equal(await page.evaluate(x => new DOMParser().parseFromString(x, 'application/xml').querySelector('parsererror')?.textContent ?? null, xml), null);
    assert.equal((await fetch(`${base}/events.csv?type=ACCUSE`)).url, `${base}/api/v1/events.csv?type=ACCUSE`);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
  },

  async 'the desk can be worked by keys alone'({ browser, base }) {
    const page = await open(browser, base, '/');
    for (const [key, to] of [['e', '/events'], ['t', '/timeline'], ['d', '/dyad'], ['n', '/network'], ['m', '/map'], ['f', '/']]) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForFunction(p => location.pathname === p, to);
      await drawn(page);
    }
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open] .keys');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'find');
    await page.keyboard.type('peru');
    await page.waitForSelector('#found li');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname.startsWith('/actor/'));
    await drawn(page);
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await drawn(page);
    await page.waitForSelector('[data-row]');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.equal(await page.locator('[data-row].sel').count(), 1);
    assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest('[data-row].sel'))), true);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.pathname.startsWith('/article/'));
    await page.keyboard.press('u');
    await page.waitForFunction(() => location.pathname === '/events');
    await page.keyboard.press('p');
    await page.waitForSelector('#pg');
    await page.focus('#pg');
    await page.keyboard.type('gem?');
    assert.equal(await page.inputValue('#pg'), 'gem?');
    assert.equal(await path(page), '/paste');
    page.calm();
  },

  async 'brush, facets and the back button change the link and nothing else'({ browser, base }) {
    const page = await open(browser, base, '/timeline');
    await page.locator('.touch').first().focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => /brush=/.test(location.search));
    const one = await path(page);
    await page.keyboard.press('Shift+ArrowLeft');
    await page.waitForFunction(old => location.search !== old, one.slice(one.indexOf('?')));
    const [from, to] = (await path(page)).match(/brush=([\d-]+)\.\.([\d-]+)/).slice(1);
    assert.ok(from < to, `${from} ${to}`);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !/brush=/.test(location.search));
    const box = await page.locator('.touch').first().boundingBox();
    await page.mouse.move(box.x + box.width * 0.3, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 80, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(() => /brush=/.test(location.search));
    await page.click('.views a[href^="/events"]');
    await drawn(page);
    assert.match(await path(page), /^\/events\?brush=/);
    const before = Number((await page.innerText('.sum b >> nth=0')).replace(',', ''));
    await page.click('.chip:has-text("Any type")');
    await page.waitForSelector('.facets a');
    await page.locator('.facets a').first().click();
    await page.waitForFunction(() => /type=/.test(location.search));
    await drawn(page);
    await page.waitForFunction(n => Number(document.querySelector('.sum b').textContent.replace(',', '')) < n, before);
    await page.goBack();
    await page.waitForFunction(() => !/type=/.test(location.search));
    const bad = await open(browser, base, '/events?from=soon&x=1');
    assert.match(await bad.innerText('.note'), /from=soon, x was left out/);
  },

  async 'states: nothing matches, no such id, server gone'({ browser, base }) {
    const none = await open(browser, base, '/events?ind=90');
    assert.match(await none.innerText('main'), /No events match/);
    await none.click('text=Drop “90 or more independent”');
    await none.waitForFunction(() => location.search === '');
    const missing = await open(browser, base, '/story/none', { quiet: true });
    assert.match(await missing.innerText('[role=alert]'), /no story has this id/);
    const page = await open(browser, base, '/events', { quiet: true });
    await page.route('**/api/v1/timeline*', r => r.abort());
    await page.click('.views a[href^="/timeline"]');
    await page.waitForSelector('[role=alert]');
    assert.match(await page.innerText('[role=alert]'), /does not answer/);
    await page.unroute('**/api/v1/timeline*');
    await page.click('button:has-text("Try again")');
    await page.waitForSelector('.bars');
  },

  async 'a pasted page is read, and kept only where that is allowed'({ browser, base, plain }) {
    const text = 'Chile praises Peru for bridge\n\n19 March 2031, 10:00\n\nChile praised Peru on Wednesday for the return of the trawler.\n\n“Neighbours talk,” the Chilean foreign minister said in Santiago after a long meeting.\n\nColombia thanked Chile for its work on the commission that looked into the shooting.\n';
    for (const at of [plain, base]) {
      const page = await open(browser, at, '/paste');
      await page.fill('#pg', text);
      await page.click('button[type=submit]:has-text("Read it")');
      await page.waitForSelector('.kept');
      assert.match(await page.innerText('.txt'), /Chile praised\d* Peru/);
      assert.equal(await page.locator('button:has-text("Keep it")').count(), at === base ? 1 : 0);
      page.calm();
      await page.context().close();
    }
    const refused = await fetch(`${plain}/api/v1/read?keep=yes`, { method: 'POST', body: text });
    assert.equal(refused.status, 403);
  },

  async 'hostile pages do nothing'({ browser, base }) {
    for (const name of ['script.html', 'direction.txt']) {
      const page = await open(browser, base, '/paste');
      await page.fill('#pg', hostile(name));
      await page.click('button[type=submit]:has-text("Read it")');
      await page.waitForSelector('.kept');
      await page.click('button:has-text("Keep it")');
      await page.waitForSelector('.kept a');
      await page.click('.kept a');
      await drawn(page);
      const scripts = await page.evaluate(() => ({ owned: globalThis.owned, scripts: document.scripts.length, frames: frames.length, images: document.images.length, inline: document.querySelectorAll('[style]:not(.uplot *), [onclick], [onerror], [onload]').length, title: document.title }));
      assert.deepEqual({ ...scripts, title: '' }, { owned: undefined, scripts: 2, frames: 0, images: 0, inline: 0, title: '' });
      if (name === 'script.html') assert.ok((await page.innerText('main')).includes('<img src=x onerror=alert(5)>'));
      page.calm();
      for (const view of ['/', '/events?q=evil', '/events?sort=newest', '/dyad?a=ECU&b=PER']) { const other = await open(browser, base, view); other.calm(); assert.equal(await other.evaluate(() => globalThis.owned), undefined); await other.context().close(); }
      await page.context().close();
    }
    const feed = await (await fetch(`${base}/api/v1/events.atom`)).text();
    assert.ok(!feed.includes('<script>') && !feed.includes('<img'));
  },

  async 'a line of two megabytes is read or refused, and the server goes on'({ base, browser }) {
    const page = await open(browser, base, '/paste', { quiet: true });
    const status = await page.evaluate(async () => {
      const body = `Peru warned Ecuador. ${'x'.repeat(2 * 1024 * 1024)}`;
      const answer = await fetch('/api/v1/read', { method: 'POST', body, headers: { 'X-Desk-Token': document.querySelector('meta[name=csrf]').content } });
      return answer.status;
    });
    assert.ok([200, 422, 504].includes(status), String(status));
    const big = await page.evaluate(async () => (await fetch('/api/v1/read', { method: 'POST', body: 'x'.repeat(9 << 20), headers: { 'X-Desk-Token': document.querySelector('meta[name=csrf]').content } })).status);
    assert.equal(big, 413);
    assert.equal((await fetch(`${base}/api/v1/status`)).status, 200);
  },

  async 'headers, hosts, tokens and cross-site posts'({ base, closed }) {
    const answer = await fetch(`${base}/`);
    const csp = answer.headers.get('content-security-policy');
    assert.match(csp, /default-src 'none'/);
    assert.ok(!/unsafe|https?:/.test(csp));
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const { request } = await import('node:http');
    const status = (at, headers, method = 'GET', where = '/api/v1/status') => new Promise(done => { const u = new URL(at); const r = request({ host: u.hostname, port: u.port, path: where, method, headers }, a => { a.resume(); done(a.statusCode); }); r.end(method === 'POST' ? 'x y' : undefined); });
    assert.equal(await status(base, { host: 'evil.example' }), 403);
    assert.equal(await status(base, { host: `evil.example:${new URL(base).port}` }), 403);
    assert.equal(await status(base, {}, 'POST', '/api/v1/read'), 403);
    const csrf = (await answer.text()).match(/name="csrf" content="(\w+)"/)[1];
    assert.equal(await status(base, { 'x-desk-token': csrf, origin: 'https://evil.example' }, 'POST', '/api/v1/read'), 403);
    assert.equal(await status(closed, {}), 403);
    assert.equal(await status(closed, { authorization: 'Bearer wrong' }), 403);
    assert.equal(await status(closed, { authorization: 'Bearer a-long-secret-for-tests' }), 200);
    assert.equal(await status(closed, { cookie: 'desk=a-long-secret-for-tests' }), 200);
    assert.equal(await status(closed, {}, 'GET', '/?token=a-long-secret-for-tests'), 303);
    assert.equal(await status(base, {}, 'GET', '/static/../../Cargo.toml'), 404);
  },

  async 'what stands beside an article is folded, marked by kind, and whole'({ browser, base }) {
    const { article } = await first(base);
    const { data } = await ask(base, `articles/${article}`);
    const chars = [...data.text];
    const kinds = data.blocks.filter(b => b.kind !== 'body' && b.why !== 'headline');
    assert.ok(kinds.some(b => b.kind === 'furniture') && kinds.some(b => b.kind === 'frame'), 'the sample page has furniture and a frame');
    const page = await open(browser, base, `/article/${article}`);
    assert.equal(await page.locator('.beside details[open]').count(), 0);
    for (const s of await page.locator('.beside summary').all()) await s.click();
    const shown = await page.locator('.beside li').allTextContents();
    assert.deepEqual(shown.map(t => t.slice(0, 200)).sort(), kinds.map(b => chars.slice(...b.span).join('').slice(0, 200)).sort());
    assert.equal(await page.locator('.beside mark').count(), 0);
    page.calm();
  },

  async 'the network is grouped on demand, and all of a large one is drawn only when asked for'({ browser, base }) {
    const page = await open(browser, base, '/network');
    await page.click('.choice a:has-text("Actors")');
    await page.waitForFunction(() => /group=person/.test(location.search));
    await drawn(page);
    const people = (await ask(base, 'network?group=person')).data;
    assert.match(await page.innerText('h1'), new RegExp(`^${people.nodes.length} actors`));
    const state = people.nodes.find(n => n.kind === 'person') ?? people.nodes[0];
    await page.goto(`${base}/network?group=person&pick=${encodeURIComponent(state.id)}`);
    await drawn(page);
    assert.match(await page.innerText('.card h2'), new RegExp(state.name.slice(0, 8)));
    const fetched = [];
    const many = { nodes: [], ties: [], signed: [], blocs: [], strained: [], triads: [0, 0], hidden: 0 };
    for (let i = 0; i < 600; i++) many.nodes.push({ id: `name/n${i}`, name: `Actor ${i}`, kind: 'organisation', ind: 1 + i % 7, n: 2, bloc: null });
    for (let i = 1; i < 600; i++) many.ties.push({ a: `name/n${i}`, b: `name/n${Math.floor(i / 3)}`, quad: 1 + i % 4, type: 'ACCUSE', n: 1 + i % 5, ind: 1, reported: 0, open: 0 });
    const envelope = await ask(base, 'network?group=person');
    const big = await open(browser, base, '/network');
    big.on('request', r => fetched.push(r.url()));
    await big.route('**/api/v1/network*', r => r.fulfill({ json: { ...envelope, data: many } }));
    await big.goto(`${base}/network?group=person`);
    await drawn(big);
    assert.equal(await big.locator('svg.graph a').count(), 60);
    const before = fetched.length;
    await big.click('a:has-text("Draw all 600")');
    await big.waitForFunction(() => /draw=all/.test(location.search));
    await big.waitForFunction(() => document.querySelector('.large canvas') && !document.querySelector('[aria-busy]'), null, { timeout: 30000 });
    assert.ok(fetched.slice(before).some(u => u.includes('/static/part/')), 'its script is fetched now');
    const inked = await big.evaluate(async () => { await new Promise(requestAnimationFrame); return [...document.querySelectorAll('.large canvas')].length; });
    assert.ok(inked >= 3, String(inked));
    assert.deepEqual(await violations(big), []);
    await big.click('button[aria-label="Zoom in"]');
    await big.locator('tr[data-row] a.go').first().focus();
    await big.click('a:has-text("Draw the strongest 60")');
    await big.waitForSelector('svg.graph');
    big.calm();
  },

  async 'weight and speed are inside the budget'({ browser, base }) {
    // What a browser with an empty cache receives for the front page, headers included; fonts count as they are.
    const context = await browser.newContext({ viewport: { width: 1440, height: 940 } });
    const page = await context.newPage();
    const got = new Map();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.responseReceived', e => got.set(e.requestId, { type: e.type, url: e.response.url, bytes: 0 }));
    session.on('Network.loadingFinished', e => { if (got.has(e.requestId)) got.get(e.requestId).bytes = e.encodedDataLength; });
    const start = performance.now();
    await page.goto(`${base}/`);
    await page.waitForSelector('main [data-row]');
    const row = Math.round(performance.now() - start);
    await drawn(page);
    await page.waitForTimeout(300);
    const all = [...got.values()];
    const sum = of => all.filter(of).reduce((n, r) => n + r.bytes, 0);
    const kinds = { page: r => r.type === 'Document', style: r => r.type === 'Stylesheet', script: r => r.type === 'Script' || r.url.endsWith('.js'), fonts: r => r.type === 'Font', answers: r => r.url.includes('/api/') };
    const kb = n => `${(n / 1024).toFixed(1)} KB`;
    const total = sum(() => true);
    const times = [];
    for (const where of ['front', 'events', 'timeline', 'dyad?a=ECU&b=PER', 'network', 'map', 'facets']) { const t = performance.now(); await (await fetch(`${base}/api/v1/${where}`)).arrayBuffer(); times.push(`${where.split('?')[0]} ${Math.round(performance.now() - t)} ms`); }
    console.log(`     first load ${kb(total)} in ${all.length} requests: ${Object.entries(kinds).map(([k, of]) => `${k} ${kb(sum(of))}`).join(', ')}; first row after ${row} ms; ${times.join(', ')}`);
    assert.ok(total < 150 * 1024, `first load of ${kb(total)}: ${all.map(r => `${r.url} ${r.bytes}`).join('\n')}`);
    assert.ok(all.length <= 20, `${all.length} requests`);
    assert.ok(sum(kinds.script) < 35 * 1024 && sum(kinds.style) < 10.5 * 1024, `script ${sum(kinds.script)}, style ${sum(kinds.style)}`);
    assert.ok(!all.some(r => /page\/(network|article|story|dyad|map|paste)|uplot|d3\.js|world|italic|mono/.test(r.url)), 'nothing that another view needs');
    await context.close();
  },
};
