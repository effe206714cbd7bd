// After sending: a sender looks the receipt up, adds, asks for an erasure, withdraws; the office deals
// with it. On a phone and on a desk, with axe looking at each page.

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

for (const [size, viewport] of Object.entries(sizes)) {
  test(`look up, add, ask, withdraw: ${size}`, { timeout: 240_000 }, async () => {
    const sender = await Visitor.arrive(browser, demo.address, `sender-${size}`, { viewport });
    const staff = await Visitor.arrive(browser, demo.address, `requests-${size}`, { viewport });
    const phone = size === 'phone' ? '19900001111' : '19900002222';
    const number = await send(sender, phone, size);
    await lookUp(sender, number, phone);
    await supplement(sender);
    await request(sender);
    await staff.signIn(demo.login, demo.password);
    await deal(staff);
    await withdraw(sender);
    await inTheQueue(staff);
    await onPaper(sender);
  });
}

async function send(sender, phone, size) {
  await sender.open('/c/demo/comment?section=2.1.1');
  await sender.page.fill('#text', `竹篮巷北口的配电箱占了半条人行道，轮椅过不去。（${size}）`);
  const next = () => sender.page.locator('main form[data-journey] .lead-button').click();
  await next();
  await next();
  await sender.page.fill('#name', '祝小满');
  await sender.page.fill('#phone', phone);
  await sender.page.fill('#email', 'zhu.xiaoman@example.org');
  await next();
  await sender.page.check('#consent');
  await likeAPerson(sender.page);
  await next();
  await sender.page.waitForURL(/\/r\/[0-9A-Z-]{19}\?k=.+&sent=1$/);
  await sender.look('receipt-fresh');
  assert.equal(await sheets(sender.page), 1, 'the receipt does not fit on one sheet');
  return new URL(sender.page.url()).pathname.split('/').pop();
}

async function lookUp(sender, number, phone) {
  await sender.open(`/r/${number}`);
  assert.equal(await sender.page.inputValue('#number'), number);
  await sender.look('look-up');
  await sender.press('查结果');
  await sender.page.locator('#contact-error').waitFor();
  await sender.look('look-up-empty');
  await sender.page.fill('#contact', '19900009999');
  await sender.press('查结果');
  await sender.page.getByRole('alert').waitFor();
  await sender.look('look-up-wrong');
  await sender.page.fill('#contact', phone);
  await sender.press('查结果');
  await sender.page.getByRole('heading', { name: '意见回执' }).waitFor();
  await sender.look('receipt');
  await sender.page.locator('.language').click();
  await sender.page.getByRole('heading', { name: 'Receipt for your comment' }).waitFor();
  await sender.look('receipt-en');
  await sender.page.locator('.language').click();
}

async function supplement(sender) {
  await sender.follow('补充意见');
  await sender.look('supplement');
  await sender.press('提交补充');
  await sender.page.locator('#text-error').waitFor();
  await sender.look('supplement-empty');
  await sender.page.fill('#text', '夜里也没有路灯。');
  await sender.press('提交补充');
  await sender.page.getByText('补充的话收到了').waitFor();
  await sender.look('receipt-supplemented');
}

async function request(sender) {
  await sender.follow('查阅、复制、更正或者删除我的个人信息');
  await sender.look('data-request');
  await sender.press('提出申请');
  await sender.page.locator('#kind-error').waitFor();
  await sender.look('data-request-wrong');
  for (const kind of ['copy', 'correct']) {
    await sender.page.check(`#kind-${kind}`);
    await sender.page.fill('#text', '请写对我的名字：祝晓满。');
    await sender.press('提出申请');
    await sender.page.getByText('您的申请已经提交起草单位').waitFor();
    await sender.follow('查阅、复制、更正或者删除我的个人信息');
  }
  await sender.look('data-requests-waiting');
  await sender.page.goBack();
}

async function deal(staff) {
  await staff.open('/office');
  await staff.follow('个人信息申请');
  await staff.look('requests');
  await staff.page.locator('main a', { hasText: '更正我的个人信息' }).first().click();
  await staff.look('request-correct');
  await staff.page.fill('#phone', '123');
  await staff.press('更正并办结');
  await staff.page.locator('#phone-error').waitFor();
  await staff.look('request-correct-wrong');
  await staff.page.fill('#phone', '19900003333');
  await staff.page.fill('#name', '祝晓满');
  await staff.press('更正并办结');
  await staff.page.getByText('已办结。').waitFor();
  await staff.page.locator('main a', { hasText: '查阅、复制我的个人信息' }).first().click();
  await staff.look('request-copy');
  await staff.page.fill('#answer', '副本已经寄给您。');
  await staff.press('办结');
  await staff.page.getByText('已办结。').waitFor();
  await staff.look('requests-done');
}

async function withdraw(sender) {
  await sender.page.reload();
  await sender.page.getByText('副本已经寄给您。').waitFor();
  await sender.follow('撤回意见');
  await sender.look('withdraw');
  await sender.press('撤回这份意见');
  await sender.page.getByText('这份意见已经撤回。').waitFor();
  await sender.look('receipt-withdrawn');
}

async function inTheQueue(staff) {
  await staff.open('/office/c/demo/remarks?outcome=withdrawn');
  await staff.look('queue-withdrawn');
  await staff.page.locator('.queue-words a').first().click();
  await staff.look('remark-withdrawn');
}

async function onPaper(sender) {
  await sender.open('/c/demo');
  await sender.follow('打印纸质意见表');
  await sender.look('paper');
  assert.equal(await sheets(sender.page), 1, 'the paper form does not fit on one sheet');
  await sender.open('/en/c/demo/paper');
  await sender.look('paper-en');
  assert.equal(await sheets(sender.page), 1, 'the English paper form does not fit on one sheet');
}

/** How many sheets of A4 a page prints on. */
async function sheets(page) {
  const printed = await page.pdf({ preferCSSPageSize: true });
  return printed.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
}
