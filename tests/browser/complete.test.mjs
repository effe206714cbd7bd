// A letter, its receipt by mail, the page behind the receipt's link, and the letters to and fro in the
// office: on a phone and on a desk, in both languages, with axe looking at each page.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, importLetter, sizes, startBrowser, startDemo, startService, startSink } from './support.mjs';

const LETTER = `Received: from client.example.com (client.example.com [192.0.2.7])
\tby mail.example.org (Postfix) with ESMTPS id 42;
\tTue, 10 Jun 2025 09:00:00 +0800
Message-ID: <letter@example.com>
Date: Tue, 10 Jun 2025 08:59:00 +0800
From: hanlixia@example.com
To: <jiexiang@example.org>
Subject: =?utf-8?B?5YWz5LqO6KGX5be355qE5Lik5p2h5oSP6KeB?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

您好：
1.竹篮巷北口的配电箱占了半条人行道，轮椅过不去，请挪一挪。
2.希望开工以前把日子贴在巷口。
`;

let browser;
before(async () => { browser = await startBrowser(); });
after(async () => { await browser?.close(); });

for (const [size, viewport] of Object.entries(sizes)) {
  test(`acknowledged, completed, written to: ${size}`, { timeout: 240_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jianyan-walk-'));
    const sink = await startSink();
    const demo = await startDemo({ folder });
    await demo.stop();
    await importLetter(folder, LETTER);
    const service = await startService(folder, sink.settings);
    try {
      const link = new URL(await inAMail(sink, /(http\S+\/r\/\S+\/complete\/\S+)/));
      const sender = await Visitor.arrive(browser, service.address, `complete-${size}`, { viewport });
      const staff = await Visitor.arrive(browser, service.address, `letters-${size}`, { viewport });
      await complete(sender, link.pathname);
      await withoutScripts(service.address, link.pathname);
      await staff.signIn(demo.login, demo.password);
      await write(staff);
      await inAMail(sink, /(配电箱是不是绿色的那一个)/);
    } finally {
      await service.stop();
      await sink.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** What a mail says, once one does. */
async function inAMail(sink, wanted) {
  for (let tries = 0; tries < 150; tries += 1) {
    for (const mail of await sink.mails()) {
      const found = wanted.exec(mail);
      if (found) return found[1];
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`no mail says ${wanted}`);
}

async function complete(sender, path) {
  const { page } = sender;
  await sender.open(path);
  await sender.look('complete');
  await sender.open(`/en${path}`);
  await sender.look('complete-en');
  await sender.open(path);
  await sender.press('补充');
  await page.locator('#name-error').waitFor();
  await sender.look('complete-nothing');
  await page.fill('#name', '韩立夏');
  await page.fill('#phone', '12');
  await page.locator('select').first().selectOption({ index: 4 });
  await sender.press('补充');
  await page.locator('#phone-error').waitFor();
  await sender.look('complete-wrong');
  assert.equal(await page.inputValue('#name'), '韩立夏');
  await page.fill('#phone', '0900-5557788');
  await sender.press('补充');
  await page.getByText('已补充，谢谢您').waitFor();
  await sender.look('completed');
  assert.equal(await page.locator('select').count(), 1, 'one opinion is still without its section');
}

/** The page is a form and nothing else. */
async function withoutScripts(address, path) {
  const plain = await Visitor.arrive(browser, address, 'complete-plain', { viewport: sizes.phone, javaScriptEnabled: false });
  await plain.open(path);
  await plain.page.locator('select').selectOption('whole');
  await plain.press('补充');
  await plain.page.getByText('没有需要补充的内容').waitFor();
}

async function write(staff) {
  const { page } = staff;
  await staff.open('/office/c/demo/remarks?channel=email');
  await page.getByText('竹篮巷北口的配电箱').first().click();
  await staff.follow('给来件人写邮件');
  await staff.look('messages-empty');
  await staff.press('下一步');
  await page.locator('#words-error').waitFor();
  await staff.look('messages-wrong');
  await page.fill('#words', '请问您说的配电箱是不是绿色的那一个？\n方便的话请拍张照片发给我们。');
  await staff.press('下一步');
  await page.getByRole('heading', { name: '核对后发送' }).waitFor();
  await staff.look('message-check');
  await staff.press('返回修改');
  assert.match(await page.inputValue('#words'), /绿色的那一个/);
  await staff.press('下一步');
  await staff.press('发出');
  await page.getByText('已提交系统发送').waitFor();
  await staff.look('messages');
  await page.locator('.language').click();
  await page.getByRole('heading', { name: 'Letters with the sender' }).waitFor();
  await staff.look('messages-en');
}
