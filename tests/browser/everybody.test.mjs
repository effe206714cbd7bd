// The form for everybody: by keyboard alone, in the dark, with high contrast, with large type, at 200%
// and 400% (WCAG 2.2, 1.4.4 and 1.4.10: 1280 pixels at 400% are 320), with no connection.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, likeAPerson, startBrowser, startDemo } from './support.mjs';

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

const views = {
  dark: { viewport: { width: 360, height: 740 }, colorScheme: 'dark', reducedMotion: 'reduce' },
  contrast: { viewport: { width: 360, height: 740 }, contrast: 'more' },
  large: { viewport: { width: 360, height: 740 }, size: 'larger' },
  twice: { viewport: { width: 640, height: 450 } },
  fourfold: { viewport: { width: 320, height: 256 } },
};

for (const [name, { size, ...options }] of Object.entries(views)) {
  test(`the steps, ${name}`, { timeout: 120_000 }, async () => {
    const visitor = await Visitor.arrive(browser, demo.address, `view-${name}`, options);
    const { page } = visitor;
    if (size) {
      await visitor.open('/preferences');
      await page.locator(`input[name=size][value=${size}]`).check();
      await page.locator('main form button').click();
    }
    const button = (words) => page.locator('main').getByRole('button', { name: words }).last();
    for (const [path, what] of [['/c/demo', 'notice'], ['/c/demo/s/2.1.1', 'section'], ['/r', 'look-up'], ['/privacy', 'privacy']]) {
      await visitor.open(path);
      await visitor.look(what);
    }
    await visitor.open('/c/demo/comment?section=2.1.1&p=1');
    await button('下一步').click();
    await visitor.look('remark-wrong');
    await page.fill('#text', '长句子'.repeat(40));
    await page.fill('#suggested', 'a'.repeat(200));
    await button('下一步').click();
    await visitor.look('tray');
    await button('加照片或文件').click();
    await visitor.look('files');
    await button('下一步').click();
    await button('下一步：填联系方式').click();
    await button('下一步：核对').click();
    await visitor.look('who-wrong');
    await page.fill('#name', '沈知秋');
    await page.fill('#phone', '19900001234');
    await button('下一步：核对').click();
    await button('提交意见').click();
    await visitor.look('check-wrong');
    await page.check('#consent');
    await likeAPerson(page);
    await button('提交意见').click();
    await page.waitForURL(/\/r\/[0-9A-Z-]{19}/).catch(async () => assert.fail(await page.locator('main').innerText()));
    await visitor.look('receipt');
    if (options.reducedMotion) {
      const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one);
        return animationName !== 'none' || transitionDuration.split(',').some((time) => parseFloat(time) > 0.001);
      }).length);
      assert.equal(moving, 0, 'nothing moves for those who asked for that');
    }
  });
}

test('the whole form by keyboard alone', { timeout: 120_000 }, async () => {
  const visitor = await Visitor.arrive(browser, demo.address, 'keyboard', { viewport: { width: 1280, height: 900 } });
  const { page } = visitor;
  const at = (selector) => page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector);
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 150; presses += 1) {
      if (await at(selector)) {
        const seen = await page.evaluate(() => {
          const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
          return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
        });
        assert.ok(seen, `focus on ${selector} is not seen`);
        return;
      }
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab never comes to ${selector}`);
  };
  const type = async (selector, words) => {
    await tabTo(selector);
    await page.keyboard.insertText(words);
  };
  const press = async (selector) => {
    await tabTo(selector);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };
  await visitor.open('/c/demo/s/2.1.1');
  await page.keyboard.press('Tab');
  assert.ok(await at('.skip'), 'first of all one may skip to the content');
  await press('.say .lead-button');
  await type('#text', '只用键盘写的意见。');
  await press('button.lead-button');
  await press('button.lead-button');
  await tabTo('[name=sender_kind]');
  await page.keyboard.press('ArrowRight');
  assert.ok(await at('#sender_organisation'));
  await page.keyboard.press('ArrowLeft');
  await type('#name', '沈知秋');
  await type('#phone', '19900001234');
  // Enter in a field goes on, as people expect.
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await tabTo('#consent');
  await page.keyboard.press('Space');
  await press('button.lead-button');
  if (page.url().endsWith('/submissions')) {
    // Faster than a person: everything is shown once more, to be looked over.
    await visitor.look('look-over');
    assert.match(await page.inputValue('#typed'), /只用键盘写的意见/);
    await page.locator('#main').focus();
    await press('button.lead-button');
  }
  assert.match(page.url(), /\/r\/[0-9A-Z-]{19}/);
});

test('with no connection nothing is lost', { timeout: 120_000 }, async () => {
  const visitor = await Visitor.arrive(browser, demo.address, 'offline', { viewport: { width: 360, height: 740 } });
  visitor.quiet = true;
  const { page } = visitor;
  const button = () => page.locator('main').getByRole('button', { name: '下一步' }).last();
  await visitor.open('/c/demo/comment?section=2.1.1');
  await page.fill('#text', '地铁里写的意见。');
  await page.getByText('已存在本机').waitFor();
  await page.context().setOffline(true);
  await button().click();
  await page.getByText('现在没有网络').waitFor();
  assert.equal(await page.inputValue('#text'), '地铁里写的意见。');
  await visitor.look('offline');
  // The page is closed and opened again later.
  await page.context().setOffline(false);
  await page.goto('about:blank');
  await visitor.open('/c/demo/comment?section=2.1.1');
  assert.equal(await page.inputValue('#text'), '地铁里写的意见。');
  await page.getByText('已经恢复').waitFor();
  await visitor.look('restored');
  await button().click();
  assert.equal(await page.locator('.remark').count(), 1);
  // Two tabs share what is written down; whoever sends first clears it for both.
  const second = await page.context().newPage();
  await second.goto(`${demo.address}/c/demo/s/2.1.1`);
  await second.locator('.tray-bar').waitFor();
  await second.locator('.tray-bar button').click();
  assert.equal(await second.locator('.remark').count(), 1);
});
