// More time to comment, following by e-mail, and the public wall: what the office does and what
// readers see of it, on a phone and on a desk, in both languages, with axe looking at each page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, sizes, startBrowser, startDemo } from './support.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(async () => { await browser?.close(); });

for (const [size, viewport] of Object.entries(sizes)) {
  test(`extend, follow, choose: ${size}`, { timeout: 240_000 }, async () => {
    const demo = await startDemo();
    try {
      const staff = await Visitor.arrive(browser, demo.address, `more-office-${size}`, { viewport });
      const reader = await Visitor.arrive(browser, demo.address, `more-reader-${size}`, { viewport });
      await staff.signIn(demo.login, demo.password);
      await extend(staff, reader);
      await follow(reader);
      await choose(staff, reader);
    } finally {
      await demo.stop();
    }
  });
}

async function extend(staff, reader) {
  const { page } = staff;
  await staff.open('/office/c/demo/window');
  await staff.look('window');
  await staff.open('/en/office/c/demo/window');
  await staff.look('window-en');
  await staff.open('/office/c/demo/window');
  await page.locator('main form button').click();
  await page.locator('#closes_on-error').waitFor();
  await staff.look('window-wrong');
  const last = await page.locator('#closes_on').getAttribute('min');
  const day = new Date(`${last}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 14);
  await page.fill('#closes_on', day.toISOString().slice(0, 10));
  await page.fill('#reason', '不少居民反映正值汛期，来不及细看方案。为让大家说完，延长半个月。');
  await page.locator('main form button').click();
  await page.getByRole('heading', { name: '确认延长' }).waitFor();
  await staff.look('window-check');
  await staff.press('返回修改');
  assert.match(await page.locator('#reason').inputValue(), /来不及细看/);
  await page.locator('main form button').click();
  await staff.press('延长到');
  await page.getByText('已经延长').waitFor();
  await staff.look('window-done');
  for (const prefix of ['', '/en']) {
    await reader.open(`${prefix}/c/demo`);
    assert.match(await reader.page.locator('#extended').innerText(), /来不及细看/);
    await reader.look(`extended${prefix.replace('/', '-')}`);
  }
}

async function follow(reader) {
  const { page } = reader;
  for (const prefix of ['', '/en']) {
    const look = (what) => reader.look(`${what}${prefix.replace('/', '-')}`);
    await reader.open(`${prefix}/c/demo`);
    await page.locator('a.by-mail[href$="/follow"]').click();
    await look('follow');
    await page.fill('#email', 'shen@@example');
    await page.locator('main form button').click();
    await page.locator('#email-error').waitFor();
    assert.match(await page.title(), /^(错误|Error)/);
    await page.waitForFunction(() => document.activeElement.className === 'summary');
    await look('follow-wrong');
    await page.fill('#email', 'shen.zhiqiu@example.org');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/follow\/sent$/);
    await look('follow-sent');
    await reader.open(`${prefix}/f/0197f9c2-0000-7000-8000-000000000000/0123/stop`);
    await look('not-whole');
  }
}

async function choose(staff, reader) {
  await staff.open('/office/c/demo/wall');
  await staff.look('wall-off');
  assert.equal(await reader.open('/c/demo/comments'), 404);
  await staff.press('开启公开栏');
  await staff.page.getByText('公开栏已开启').waitFor();
  await reader.open('/c/demo/comments');
  await reader.look('wall-empty');
  for (let count = 0; count < 3; count += 1) {
    await staff.press('公开这条');
    await staff.page.getByText('不再公开').nth(count).waitFor();
  }
  await staff.look('wall-on');
  await staff.open('/en/office/c/demo/wall?which=shown');
  await staff.look('wall-shown-en');
  for (const prefix of ['', '/en']) {
    await reader.open(`${prefix}/c/demo`);
    await reader.page.locator('a.by-mail[href$="/comments"]').click();
    assert.equal(await reader.page.locator('.wall > li').count(), 3);
    await reader.look(`wall${prefix.replace('/', '-')}`);
  }
}
