// End-to-end tests of the desk in a real Chromium: every page, keys, exports, access, hostile pages, screenshots.
//
//   cargo build && cd crates/server/web && npm ci && node test/run.mjs [--shots FOLDER] [--readme] [--only NAME]
//
// Chromium is /usr/bin/chromium or $CHROMIUM; the program is target/debug/demarche or $DEMARCHE.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { cases } from './cases.mjs';
import { readme, shots } from './shots.mjs';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const program = process.env.DEMARCHE ?? join(root, 'target/debug/demarche');
const option = name => { const at = process.argv.indexOf(name); return at > 0 ? process.argv[at + 1] : null; };
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

if (!existsSync(program)) { console.error(`no program at ${program}: run cargo build first`); process.exit(2); }
const folder = mkdtempSync(join(tmpdir(), 'desk-test-'));
const db = join(folder, 'desk.db');
const running = [];

/** Starts a server and gives its address. */
function serve(args) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running.push(child);
    let said = '';
    const hear = chunk => { said += chunk; const found = said.match(/http:\/\/[\w.:[\]]+\//); if (found) done(found[0].replace(/\/$/, '')); };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', code => failed(new Error(`serve ended with ${code}: ${said}`)));
  });
}

let failures = 0;
try {
  const began = Date.now();
  execFileSync(program, ['demo', '--no-serve', '--db', db], { stdio: ['ignore', 'ignore', 'inherit'] });
  console.log(`sample database: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const base = await serve(['serve', '--db', db, '--listen', '127.0.0.1:0', '--allow-add']);
  const plain = await serve(['serve', '--db', db, '--listen', '127.0.0.1:0']);
  const closed = await serve(['serve', '--db', db, '--listen', '127.0.0.1:0', '--token', 'a-long-secret-for-tests']);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  if (process.argv.includes('--readme')) await readme(browser, base, join(root, 'docs'));
  else if (option('--shots')) await shots(browser, base, option('--shots'));
  else {
    const only = option('--only');
    for (const [name, test] of Object.entries(cases)) {
      if (only && !name.includes(only)) continue;
      const start = Date.now();
      try {
        await test({ browser, base, plain, closed, program, db });
        console.log(`ok   ${name} (${Date.now() - start} ms)`);
      } catch (error) {
        failures++;
        console.log(`FAIL ${name}\n     ${String(error.stack ?? error).split('\n').slice(0, 12).join('\n     ')}`);
      }
    }
  }
  await browser.close();
} finally {
  for (const child of running) { child.removeAllListeners('exit'); child.kill(); }
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures ? `${failures} failed` : 'all ok');
process.exit(failures ? 1 : 0);
