// Pictures of every view at two widths in both themes, for the README and for looking.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, first } from './tools.mjs';

/** The pictures of the README, as WebP: Chromium itself makes them. */
export async function readme(browser, base, folder) {
  const ids = await first(base);
  const pictures = { 'desk-front': ['/', 'light'], 'desk-article': [`/article/${ids.article}?mark=e${ids.number}`, 'light'], 'desk-story': [`/story/${ids.story}`, 'dark'], 'desk-dyad': ['/dyad?a=ECU&b=PER', 'dark'] };
  for (const [name, [path, theme]] of Object.entries(pictures)) {
    const page = await open(browser, base, path, { width: 1440, height: 960, theme });
    await page.waitForTimeout(250);
    const png = (await page.screenshot()).toString('base64');
    const blank = await page.context().newPage();
    const webp = await blank.evaluate(async data => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(1200, 800);
      canvas.getContext('2d').drawImage(image, 0, 0, 1200, 800);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 })).arrayBuffer());
      let text = '';
      for (const b of bytes) text += String.fromCharCode(b);
      return btoa(text);
    }, png);
    writeFileSync(join(folder, `${name}.webp`), Buffer.from(webp, 'base64'));
    await page.context().close();
  }
}

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
