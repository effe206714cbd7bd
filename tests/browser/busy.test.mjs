// A whole office behind one address sends more than the limit: the browser works a little and the comment is
// registered; without scripts the page says how long to wait; a form filled in at once is shown again.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, pictures, sizes, startBrowser, startDemo } from './support.mjs';

const form = '/c/demo/submissions';
let demo;
let browser;

before(async () => {
  demo = await startDemo();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

const fields = (text) => ({
  section: '', text, sender_kind: 'person', name: '沈知秋', organisation: '', phone: '19900001234', email: '', address: '', consent: 'yes',
});

/** Fifteen colleagues have sent theirs already. */
async function crowd(address) {
  for (let number = 1; number <= 15; number += 1) {
    const body = new URLSearchParams(fields(`第${number}位同事的意见（${address}）。`));
    const answer = await fetch(demo.address + form, { method: 'POST', body, redirect: 'manual', headers: { 'x-forwarded-for': address } });
    assert.equal(answer.status, 303, `${number}`);
  }
}

/** Sends a form from a page of the site, whatever its own form looks like. */
async function send(visitor, path, text, extra = {}) {
  await visitor.open('/c/demo');
  await Promise.all([
    visitor.page.waitForNavigation(),
    visitor.page.evaluate(([action, values]) => {
      const made = document.createElement('form');
      Object.assign(made, { method: 'post', action });
      for (const [name, value] of Object.entries(values)) {
        made.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      }
      document.body.append(made);
      made.submit();
    }, [path, { ...fields(text), ...extra }]),
  ]);
}

for (const [size, viewport] of Object.entries(sizes)) {
  for (const [lang, prefix] of [['zh', ''], ['en', '/en']]) {
    test(`over the limit a browser works a little: ${size}, ${lang}`, { timeout: 120_000 }, async () => {
      const address = `198.51.${size.length}.${lang === 'zh' ? 1 : 2}`;
      await crowd(address);
      const visitor = await Visitor.arrive(browser, demo.address, `busy-${size}-${lang}`, { viewport, extraHTTPHeaders: { 'x-forwarded-for': address } });
      await send(visitor, prefix + form, `第十六位同事的意见，${size}，${lang}。`);
      await visitor.page.waitForURL(/\/r\//, { timeout: 60_000 });
      assert.match(visitor.page.url(), new RegExp(`${prefix}/r/`));
    });

    test(`without scripts the page says how long to wait: ${size}, ${lang}`, { timeout: 120_000 }, async () => {
      const address = `203.0.${size.length}.${lang === 'zh' ? 1 : 2}`;
      await crowd(address);
      const options = { viewport, javaScriptEnabled: false, extraHTTPHeaders: { 'x-forwarded-for': address } };
      const visitor = await Visitor.arrive(browser, demo.address, `wait-${size}-${lang}`, options);
      const words = `没有脚本的手机，${size}，${lang}。`;
      await send(visitor, prefix + form, words);
      assert.equal(await visitor.page.locator('#typed').inputValue(), words);
      assert.match(await visitor.page.locator('main').innerText(), lang === 'zh' ? /请等待\s*(30|29|28)秒/ : /wait\s*(30|29|28) seconds/);
      // Axe needs scripts of its own; here the page is only looked at.
      await visitor.page.screenshot({ path: join(pictures, `wait-${size}-${lang}.png`), fullPage: true });
    });

    test(`the page that asks for work is sound: ${size}, ${lang}`, { timeout: 120_000 }, async () => {
      const address = `192.0.${size.length}.${lang === 'zh' ? 1 : 2}`;
      await crowd(address);
      const visitor = await Visitor.arrive(browser, demo.address, `work-${size}-${lang}`, { viewport, extraHTTPHeaders: { 'x-forwarded-for': address } });
      // An answer that does not do: the page comes back and waits for the person.
      await send(visitor, prefix + form, `算错了一次，${size}，${lang}。`, { work: 'x', answer: '0' });
      await visitor.page.getByRole('status').filter({ hasText: lang === 'zh' ? '计算完成' : 'Done' }).waitFor({ timeout: 90_000 });
      await visitor.look('work');
      await visitor.press(lang === 'zh' ? '提交意见' : 'Send your comment');
      await visitor.page.waitForURL(/\/r\//);
    });
  }

  test(`a form filled in by a program is shown again: ${size}`, { timeout: 120_000 }, async () => {
    const visitor = await Visitor.arrive(browser, demo.address, `again-${size}`, { viewport });
    await send(visitor, form, `浏览器自动填的，${size}。`, { website: 'https://spam.example.com' });
    await visitor.look('look-over');
    await visitor.press('提交意见');
    await visitor.page.waitForURL(/\/r\//);
  });
}
