// Pictures of every view at two widths in both themes, for the README and for looking.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, first } from './tools.mjs';

export async function shots(browser, base, folder) {
  mkdirSync(folder, { recursive: true });
  const ids = await first(base);
  const views = { front: '/', article: `/article/${ids.article}?mark=e1`, events: '/events', timeline: '/timeline?brush=2031-03-12..2031-03-14', dyad: '/dyad?a=ECU&b=PER', network: '/network', map: '/map', story: `/story/${ids.story}`, actor: '/actor/country/PER', paste: '/paste' };
  for (const [name, path] of Object.entries(views)) for (const width of [1440, 390]) for (const theme of ['light', 'dark']) {
    const page = await open(browser, base, path, { width, height: width > 1000 ? 940 : 844, theme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(folder, `${name}-${width}-${theme}.png`), fullPage: !process.env.FOLD });
    await page.context().close();
  }
}
