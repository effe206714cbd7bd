// Photographs the pages of a running demonstration; scripts/screenshots starts one and calls this.
// Pictures are at most 2,200 pixels high and are written with a palette of 256 colours or fewer.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const { chromium } = require('playwright-core');

const { SITE, PASSWORD, CHROMIUM, OUT } = process.env;
const TALLEST = 2200;
const LARGEST = 250 * 1024;
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    for (const width of [360, 1280]) {
      await photograph(browser, width);
    }
  } finally {
    await browser.close();
  }
}

async function photograph(browser, width) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 760 : 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  const visit = async (address, name) => {
    await page.goto(SITE + address);
    await take(page, name, width);
  };

  await visit('/', 'list');
  await visit('/c/demo', 'consultation');
  await visit('/en/c/demo', 'consultation-en');
  await visit('/c/demo/s/2.1.1', 'section');
  await visit('/en/c/demo/s/2.1.1', 'section-en');
  await visit('/c/demo/draft', 'draft');
  await visit('/c/demo/comment?section=2.1.1&p=1', 'comment');
  const next = () => page.locator('main form[data-journey] .lead-button').click();
  // The same words twice would be the same submission; the receipt tells when it came.
  await page.fill('#text', `竹篮巷北口的配电箱占了半条人行道，轮椅过不去，请一并挪走。（${width}）`);
  await next();
  await take(page, 'comment-tray', width);
  await next();
  await next();
  await take(page, 'comment-errors', width);
  await page.fill('#name', '祝小满');
  await page.fill('#phone', '19900001234');
  await next();
  await take(page, 'comment-check', width);
  await page.check('#consent');
  await page.waitForTimeout(3_000);
  await next();
  await page.waitForURL(/\/r\//);
  await take(page, 'receipt', width);

  await page.goto(`${SITE}/office`);
  await page.fill('#login', 'drafter');
  await page.fill('#password', PASSWORD);
  await send(page, '.form .button');
  await visit('/office/c/demo/remarks', 'office-queue');
  await page.goto(`${SITE}/office/c/demo/remarks?channel=email&outcome=open`);
  await send(page, '.queue-words a >> nth=0');
  await take(page, 'office-remark', width);
  await visit('/office/c/demo/export', 'office-export');
  await publication(page, visit, width);
  await context.close();
}

// From a file to a revised draft, as the browser tests walk it.
async function publication(page, visit, width) {
  const { firstPage, revised } = await import('../tests/browser/plans.mjs');
  const name = width < 600 ? '松涧区楼道整洁行动方案' : '松涧区楼道安全行动方案';
  const slug = `loudao-${width}`;
  const upload = async (address, file, text) => {
    await page.goto(SITE + address);
    await page.setInputFiles('#files', { name: file, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await send(page, '.upload .button');
    return new URL(page.url()).pathname;
  };
  const first = await upload('/office/imports', 'gonggao.html', firstPage(name));
  await page.click('.node > a >> nth=8');
  await take(page, 'office-outline', width);
  await visit(`${first}/facts`, 'office-facts');
  await page.fill('#slug', slug);
  await send(page, '.form .button');
  await take(page, 'office-check', width);
  await send(page, '.publish .button');
  const second = await upload(`/office/c/${slug}/versions`, 'xiugaigao.txt', revised(name));
  await visit(`${second}/matches`, 'office-matches');
  await send(page, '.matches .button');
  await send(page, '.publish .button');
  await visit(`/c/${slug}/changes/2`, 'changes');
  await visit(`/c/${slug}/units`, 'units');
  await visit(`/c/${slug}/find?q=${encodeURIComponent('灭火器')}`, 'find');
  await visit('/preferences', 'preferences');
}

async function send(page, what) {
  await Promise.all([page.waitForNavigation(), page.click(what)]);
}

async function take(page, name, width) {
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.evaluate(() => window.scrollTo(0, 0));
  const clip = { x: 0, y: 0, width, height: Math.min(high, TALLEST) };
  const png = await page.screenshot({ fullPage: true, clip });
  const small = await withPalette(page.context().browser(), png);
  if (small.length > LARGEST) {
    throw new Error(`${name} at ${width}: ${small.length} bytes, more than ${LARGEST}`);
  }
  const file = path.join(OUT, `${name}-${width}.png`);
  fs.writeFileSync(file, small);
  console.log(`${file} ${Math.round(small.length / 1024)} KB`);
}

// The browser decodes its own picture; the pixels come back and are written with a palette.
async function withPalette(browser, png) {
  const page = await browser.newPage();
  await page.goto(`data:text/html,<canvas>`);
  const { width, height, pixels } = await page.evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.querySelector('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = '';
    for (let at = 0; at < data.length; at += 32768) {
      text += String.fromCharCode(...data.subarray(at, at + 32768));
    }
    return { width: image.width, height: image.height, pixels: btoa(text) };
  }, png.toString('base64'));
  await page.close();
  return encode(Buffer.from(pixels, 'base64'), width, height);
}

// Pages have few colours besides the grey of letters' edges: the commonest are kept as they are,
// every other pixel takes the nearest of them.
function encode(rgba, width, height) {
  const counts = new Map();
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = (rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2];
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  const palette = spread([...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour));
  const index = new Map();
  for (const colour of counts.keys()) {
    index.set(colour, nearest(palette, colour));
  }
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, at = 0, to = 0; y < height; y += 1) {
    rows[to] = 0;
    to += 1;
    for (let x = 0; x < width; x += 1, at += 4, to += 1) {
      rows[to] = index.get((rgba[at] << 16) | (rgba[at + 1] << 8) | rgba[at + 2]);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const table = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// At most 64 colours, the commonest first. The grounds and inks are among the first and are kept
// as they are; of the rest none comes closer to another than the eye tells apart.
function spread(colours) {
  const kept = [];
  for (const colour of colours) {
    if (kept.length === 64) break;
    if (kept.length < 12 || kept.every((other) => distance(other, colour) > 150)) kept.push(colour);
  }
  return kept;
}

function nearest(palette, colour) {
  let best = 0;
  palette.forEach((other, at) => {
    if (distance(other, colour) < distance(palette[best], colour)) best = at;
  });
  return best;
}

function distance(a, b) {
  const red = (a >> 16) - (b >> 16);
  const green = ((a >> 8) & 255) - ((b >> 8) & 255);
  const blue = (a & 255) - (b & 255);
  return red * red + green * green + blue * blue;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc(body), body.length + 4);
  return whole;
}

function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
  }
  return (value ^ 0xffffffff) >>> 0;
}

main().catch((fault) => {
  console.error(`screenshots: ${fault.message}`);
  process.exit(1);
});
