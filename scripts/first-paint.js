// First contentful paint of pages of a running service, by scripts/first-paint: a browser with nothing in its cache,
// medians of seven visits to the long plan and the short one in turn. One JSON line a figure, in milliseconds.
'use strict';

const { chromium } = require('playwright-core');

const { SITE, CHROMIUM } = process.env;
const VISITS = 7;
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const PAGES = [['draft', '/draft'], ['section', '/s/2.1.1']];

async function visit(browser, width, address) {
  const context = await browser.newContext({ viewport: { width, height: width < 600 ? 760 : 900 } });
  const page = await context.newPage();
  await page.goto(SITE + address);
  const times = await page.evaluate(() => new Promise((resolve) => {
    // Told at once when it was before now, and else when it comes: a busy browser may be loaded before it has painted.
    new PerformanceObserver((list) => {
      const paint = list.getEntriesByName('first-contentful-paint')[0];
      if (!paint) return;
      const loaded = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd;
      resolve({ paint: paint.startTime, loaded });
    }).observe({ type: 'paint', buffered: true });
  }));
  await context.close();
  return times;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    for (const width of [360, 1280]) {
      for (const [name, below] of PAGES) {
        const [long, short] = [[], []];
        await visit(browser, width, `/c/long${below}`);
        await visit(browser, width, `/c/short${below}`);
        for (let at = 0; at < VISITS; at += 1) {
          long.push(await visit(browser, width, `/c/long${below}`));
          short.push(await visit(browser, width, `/c/short${below}`));
        }
        report(`first-paint-${name}-${width}`, long.map((t) => t.paint), short.map((t) => t.paint));
        report(`loaded-${name}-${width}`, long.map((t) => t.loaded), short.map((t) => t.loaded));
      }
    }
  } finally {
    await browser.close();
  }
}

function report(name, long, short) {
  const [value, limit] = [median(long), median(short)];
  const rounded = (number, places) => Math.round(number * places) / places;
  console.log(JSON.stringify({
    name, value: rounded(value, 10), unit: 'ms', limit: rounded(limit, 10), ratio: rounded(value / limit, 100),
  }));
}

main().catch((fault) => {
  console.error(`first-paint: ${fault.message}`);
  process.exit(1);
});
