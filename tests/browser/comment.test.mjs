// From the words of the plan to the receipt: on a phone and on a desk, with and without scripts, in
// both languages; axe looks at each page, errors among them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, likeAPerson, sizes, startBrowser, startDemo } from './support.mjs';

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

const words = {
  zh: {
    next: '下一步', another: '再提一条', change: /修改\s*第1条/, drop: /删除\s*第2条/, files: '加照片或文件', upload: '上传选中的文件', done: '下一步',
    who: '下一步：填联系方式', check: '下一步：核对', send: '提交意见', wrong: /^错误：/, received: '您的意见收到了', changeWho: /修改\s*联系方式/, select: '对选中的文字提意见',
  },
  en: {
    next: 'Continue', another: 'Add another comment', change: /Change\s+comment 1/, drop: /Delete\s+comment 2/, files: 'Add photographs or documents', upload: 'Upload the chosen files',
    done: 'Done', who: 'Continue: how to reach you', check: 'Continue: check your answers', send: 'Send your comments', wrong: /^Error: /, received: 'We have your comment',
    changeWho: /Change\s+how to reach you/, select: 'Comment on the selected words',
  },
};

for (const [size, viewport] of Object.entries(sizes)) {
  for (const lang of ['zh', 'en']) {
    for (const script of [true, false]) {
      test(`a comment, ${size}, ${lang}, ${script ? 'with' : 'without'} scripts`, { timeout: 180_000 }, async () => {
        const name = `comment-${size}-${lang}-${script ? 'script' : 'plain'}`;
        const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
        // Without scripts of its own a page cannot be looked at by axe either: it is looked at with
        // scripts let in by the browser but none served.
        const visitor = await Visitor.arrive(browser, demo.address, name, { viewport, locale });
        if (!script) await visitor.page.route('**/assets/*.js', (route) => route.abort());
        visitor.quiet = !script;
        await comment(visitor, words[lang], lang === 'zh' ? '' : '/en', script, `${size}${lang}${script}`);
      });
    }
  }
}

const button = (visitor, name) => visitor.page.locator('main').getByRole('button', { name, exact: false }).last();

async function comment(visitor, say, prefix, script, once) {
  const { page } = visitor;
  await visitor.open(`${prefix}/c/demo/s/2.1.1`);
  await visitor.look('section');
  if (script) await choose(visitor, say);
  else await page.locator('.para-say').first().click();
  assert.ok((await page.locator('mark').innerText()).length > 4);
  await button(visitor, say.next).click();
  assert.match(await page.title(), say.wrong);
  // The summary is where one is, and it leads to the field.
  await page.waitForFunction(() => document.activeElement.className === 'summary');
  await visitor.look('nothing-written');
  await page.locator('.summary a').first().click();
  await page.waitForFunction(() => document.activeElement.id === 'text');
  await page.fill('#text', `每季度一次不够（${once}）。`);
  await page.fill('#suggested', '每月一次');
  await visitor.look('remark');
  await button(visitor, say.next).click();
  assert.ok((await page.locator('ins').innerText()).includes('每月一次'));
  await visitor.look('tray');

  await button(visitor, say.another).click();
  await page.fill('#text', '再补一条，后来不要了。');
  await visitor.look('another');
  await button(visitor, say.next).click();
  assert.equal(await page.locator('.remark').count(), 2);
  await button(visitor, say.drop).click();
  assert.equal(await page.locator('.remark').count(), 1);
  await button(visitor, say.change).click();
  assert.match(await page.inputValue('#text'), /每季度一次不够/);
  await button(visitor, say.next).click();

  if (script) await comeBack(visitor, prefix);
  await addFiles(visitor, say);
  await button(visitor, say.who).click();
  await visitor.look('who');
  await button(visitor, say.check).click();
  assert.match(await page.title(), say.wrong);
  await visitor.look('who-wrong');
  await page.fill('#name', '沈知秋');
  await page.fill('#phone', '19900001234');
  await page.fill('#email', 'shen@example.org');
  await button(visitor, say.check).click();
  await visitor.look('check');
  await button(visitor, say.changeWho).click();
  assert.equal(await page.inputValue('#name'), '沈知秋');
  await button(visitor, say.check).click();
  await button(visitor, say.send).click();
  assert.match(await page.title(), say.wrong, 'consent is asked for');
  await visitor.look('check-wrong');
  await page.check('#consent');
  await likeAPerson(page);
  await button(visitor, say.send).click();
  await page.waitForURL(/\/r\/[0-9A-Z-]{19}/);
  assert.equal(await page.locator('h1').innerText(), say.received);
  await visitor.look('receipt');
  await twice(visitor, say);
}

/** Words of the plan are selected, and the bar that comes up leads to the form. */
async function choose(visitor, say) {
  const { page } = visitor;
  await page.evaluate(() => {
    const text = document.createTreeWalker(document.querySelector('.plan p'), NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.setStart(text, 2);
    range.setEnd(text, 16);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  const bar = page.getByRole('link', { name: say.select });
  await bar.waitFor();
  await visitor.look('selected');
  await bar.click();
}

/** What is written down waits on the device, also for whoever closed the page; on the plan it is marked. */
async function comeBack(visitor, prefix) {
  const { page } = visitor;
  await page.goto('about:blank');
  await visitor.open(`${prefix}/c/demo/s/2.1.1`);
  await page.locator('.tray-bar').waitFor();
  assert.equal(await page.locator('.tray-bar [data-count]').innerText(), '1');
  assert.equal(await page.evaluate(() => CSS.highlights.get('own-remark').size), 1);
  await visitor.look('waiting');
  await page.locator('.tray-bar button').click();
  assert.equal(await page.locator('.remark').count(), 1);
}

async function addFiles(visitor, say) {
  const { page } = visitor;
  await button(visitor, say.files).click();
  await visitor.look('files');
  await page.setInputFiles('#upload', [
    { name: '../说明.txt', mimeType: 'image/png', buffer: Buffer.from('楼道现场说明') },
    { name: '照片.svg', mimeType: 'image/png', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="ran()"/>') },
  ]);
  await button(visitor, say.upload).click();
  assert.match(await page.title(), say.wrong);
  await visitor.look('files-wrong');
  assert.equal(await page.locator('.file-list li').count(), 1);
  await button(visitor, say.done).click();
}

/** The way back leads to what was typed, and sending it again is the same submission. */
async function twice(visitor, say) {
  const { page } = visitor;
  const receipt = new URL(page.url()).pathname;
  await page.goBack();
  assert.match(await page.locator('main').innerText(), /每季度一次不够/);
  await page.check('#consent');
  await button(visitor, say.send).click();
  await page.waitForURL(/\/r\/[0-9A-Z-]{19}/);
  assert.equal(new URL(page.url()).pathname, receipt);
}
