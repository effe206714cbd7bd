// What a sender sees of it in the end: the mail and its link, the pages after the last day, the outcome
// with the words that changed, and an erasure. The demonstration takes the comment inside the window; the
// service itself, by today's clock, does the rest on the same data.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Visitor, likeAPerson, sizes, startBrowser, startDemo, startService, startSink } from './support.mjs';

let browser;

before(async () => {
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
});

for (const [size, viewport] of Object.entries(sizes)) {
  test(`sent, confirmed, closed, answered, erased: ${size}`, { timeout: 240_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jianyan-walk-'));
    const sink = await startSink();
    const demo = await startDemo({ folder });
    let service;
    try {
      const early = await Visitor.arrive(browser, demo.address, `early-${size}`, { viewport });
      const number = await send(early);
      await early.signIn(demo.login, demo.password);
      await revise(early);
      await demo.stop();
      service = await startService(folder, sink.settings);
      const sender = await Visitor.arrive(browser, service.address, `late-${size}`, { viewport });
      const staff = await Visitor.arrive(browser, service.address, `answers-${size}`, { viewport });
      await confirm(sender, sink, number);
      await afterTheEnd(sender, number);
      await staff.signIn(demo.login, demo.password);
      await answer(staff);
      await outcome(sender, number);
      await erase(staff, sender, number);
    } finally {
      await service?.stop();
      await sink.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function send(visitor) {
  const { page } = visitor;
  const next = () => page.locator('main form[data-journey] .lead-button').click();
  await visitor.open('/c/demo/comment?section=2.1.1&p=1');
  await page.fill('#text', '2026年底太晚，盲道断了三年了。');
  await next();
  await next();
  await page.fill('#name', '祝小满');
  await page.fill('#phone', '19900001111');
  await page.fill('#email', 'zhu.xiaoman@example.org');
  await next();
  await page.check('#consent');
  await likeAPerson(page);
  await next();
  await page.waitForURL(/\/r\/[0-9A-Z-]{19}/);
  const number = new URL(page.url()).pathname.split('/').pop();
  await visitor.follow('查阅、复制、更正或者删除我的个人信息');
  await page.check('#kind-erase');
  await visitor.press('提出申请');
  await page.getByText('您的申请已经提交起草单位').waitFor();
  return number;
}

async function revise(staff) {
  const draft = await (await staff.page.request.get(`${staff.address}/c/demo/original/1`)).text();
  const changed = draft.replace('2026年底前完成312处整治', '2025年底前完成312处整治');
  assert.notEqual(changed, draft);
  await staff.open('/office/c/demo/versions');
  await staff.page.setInputFiles('#files', { name: 'xiugai.txt', mimeType: 'text/plain', buffer: Buffer.from(changed) });
  await staff.press('上传并读取大纲');
  await staff.page.waitForURL(/\/office\/imports\/[0-9a-f-]{36}$/);
  await staff.follow('新旧条款对照');
  await staff.press('确认对照');
  await staff.page.waitForURL(/\/check$/);
  await staff.page.fill('#note', '按意见提前一年完成。');
  await staff.press('发布修改稿');
  await staff.page.getByText('已经发布。').waitFor();
}

async function confirm(sender, sink, number) {
  let link;
  for (let tries = 0; !link && tries < 150; tries += 1) {
    const mails = await sink.mails();
    link = mails.map((mail) => /\/r\/[0-9A-Z-]{19}\/confirm\/[0-9a-f]+/.exec(mail)?.[0]).find((found) => found?.includes(number));
    if (!link) await sender.page.waitForTimeout(100);
  }
  assert.ok(link, 'no mail came');
  assert.equal(await sender.open(link), 200);
  await sender.look('confirm');
  await sender.press('是我的邮箱');
  await sender.page.getByText('邮箱已经确认').waitFor();
  await sender.look('confirmed');
  await sender.open(`/en${link}`);
  await sender.look('confirmed-en');
  await sender.open(link.replace(/[0-9a-f]{8}$/, '00000000'));
  await sender.look('confirm-wrong');
}

async function lookUp(sender, number) {
  await sender.open(`/r/${number}`);
  await sender.page.fill('#contact', 'zhu.xiaoman@example.org');
  await sender.press('查结果');
  await sender.page.getByRole('heading', { name: '意见回执' }).waitFor();
}

async function afterTheEnd(sender, number) {
  await sender.open('/c/demo/comment?section=2.1.1');
  await sender.look('form-closed');
  await lookUp(sender, number);
  await sender.look('receipt-closed');
  const { pathname, search } = new URL(sender.page.url());
  for (const below of ['supplement', 'withdraw']) {
    await sender.open(`${pathname}/${below}${search}`);
    await sender.look(`${below}-closed`);
  }
}

async function answer(staff) {
  await staff.open('/office/c/demo/remarks?outcome=open');
  for (let left = staff.page.locator('.queue-words a'); (await left.count()) > 0; left = staff.page.locator('.queue-words a')) {
    await left.first().click();
    await staff.page.locator('#outcome-partly').check();
    await staff.page.fill('#reason', '能提前的已经提前到2025年底。');
    await staff.page.locator('form[action$="/outcome"] button').first().click();
    await staff.page.waitForLoadState('load');
    await staff.open('/office/c/demo/remarks?outcome=open');
  }
  await staff.open('/office/c/demo/export');
  await staff.look('ready-to-publish');
  await staff.follow('公布采纳情况');
  await staff.page.getByRole('heading', { name: '确认公布采纳情况？' }).waitFor();
  await staff.look('publish');
  await staff.press('公布采纳情况');
  await staff.page.waitForURL(/\/c\/demo\/feedback$/);
}

async function outcome(sender, number) {
  await lookUp(sender, number);
  const said = await sender.page.locator('.answer').innerText();
  assert.match(said, /部分采纳/);
  assert.match(said, /能提前的已经提前到2025年底/);
  assert.ok((await sender.page.locator('.answer del').count()) > 0, 'the changed words are not shown');
  await sender.look('receipt-answered');
  await sender.page.locator('.language').click();
  await sender.look('receipt-answered-en');
  await sender.open('/c/demo/feedback');
  await sender.look('feedback');
}

async function erase(staff, sender, number) {
  await staff.open('/office/requests');
  await staff.page.locator('main a', { hasText: '删除我的联系方式' }).first().click();
  await staff.look('erase');
  await staff.page.fill('#answer', '已经删除。');
  await staff.page.locator('main form button').first().click();
  await staff.page.getByText('已办结。').waitFor();
  await staff.look('erased');
  await sender.open(`/r/${number}`);
  await sender.page.fill('#contact', 'zhu.xiaoman@example.org');
  await sender.press('查结果');
  await sender.page.getByText('已经删除。').waitFor();
  await sender.look('receipt-erased');
}
