// From a file to a published consultation, to its revision, to what a reader sees of it: in a real
// browser, on a phone and on a desk, with axe looking at each page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { firstPage, revised } from './plans.mjs';
import { Visitor, sizes, startBrowser, startDemo } from './support.mjs';

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

const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

for (const [size, viewport] of Object.entries(sizes)) {
  test(`import, confirm, publish, revise, compare: ${size}`, { timeout: 240_000 }, async () => {
    const name = size === 'phone' ? '松涧区楼道整洁行动方案' : '松涧区楼道安全行动方案';
    const slug = `loudao-${size}`;
    const staff = await Visitor.arrive(browser, demo.address, `office-${size}`, { viewport });
    const reader = await Visitor.arrive(browser, demo.address, `reader-${size}`, { viewport });
    await staff.signIn(demo.login, demo.password);

    const id = await importFile(staff, file('gonggao.html', firstPage(name)));
    await correctOutline(staff);
    await stateFacts(staff, id, slug);
    await publishLater(staff, reader, slug);
    await publishNow(staff);
    await read(reader, slug, name);
    await revise(staff, reader, slug, file('xiugaigao.txt', revised(name)));
    await compare(reader, slug);
  });
}

async function importFile(staff, upload) {
  await staff.open('/office/imports');
  await staff.look('imports');
  await staff.page.setInputFiles('#files', { name: 'setup.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\x90\x00\x03') });
  await staff.press('上传并读取大纲');
  await staff.page.locator('#files-error').waitFor();
  await staff.look('wrong-file');
  await staff.page.setInputFiles('#files', upload);
  await staff.press('上传并读取大纲');
  await staff.page.waitForURL(/\/office\/imports\/[0-9a-f-]{36}$/);
  const outline = await staff.page.locator('.workbench-outline').innerText();
  assert.match(outline, /规范电动车充电/);
  assert.doesNotMatch(await staff.page.locator('.workbench-outline .nodes').first().innerText(), /网站地图|新闻中心/);
  await staff.look('outline');
  return new URL(staff.page.url()).pathname.split('/').pop();
}

async function correctOutline(staff) {
  const heading = () => staff.page.locator('.nodes .node > a', { hasText: '规范晾晒设施' }).first();
  await heading().click();
  await staff.page.locator('.panel').waitFor();
  await staff.look('correcting');
  await staff.press('并入前一条');
  assert.equal(await staff.page.locator('.nodes .node > a', { hasText: '规范晾晒设施' }).count(), 0);
  await staff.press('撤销上一步');
  assert.equal(await heading().count(), 1);
  await staff.page.locator('.nodes .node > a', { hasText: '总体要求' }).first().click();
  await staff.press('升一级');
  await staff.page.getByRole('alert').waitFor();
  await staff.look('cannot-be-raised');
}

async function stateFacts(staff, id, slug) {
  await staff.open(`/office/imports/${id}/facts`);
  assert.equal(await staff.page.inputValue('#opens_on'), '2025-06-05');
  assert.equal(await staff.page.inputValue('#email'), 'loudao@example.org');
  await staff.look('facts');
  await staff.page.fill('#closes_on', '');
  await staff.press('保存，去检查并发布');
  await staff.page.getByRole('alert').waitFor();
  assert.match(await staff.page.title(), /^错误/);
  await staff.look('facts-wrong');
  await staff.page.fill('#closes_on', '2025-07-10');
  await staff.page.fill('#slug', slug);
  await staff.press('保存，去检查并发布');
  await staff.page.waitForURL(/\/check$/);
  await staff.look('check');
  assert.equal(await staff.page.locator('.rule-unmet').count(), 0);
  assert.equal(await staff.page.locator('.rule-check li').count(), 5);
}

async function publishLater(staff, reader, slug) {
  await staff.page.check('#when-later');
  await staff.page.fill('#day', '2025-06-12');
  await staff.page.fill('#time', '09:00');
  await staff.press('发布征求意见');
  await staff.page.getByText('2025年6月12日 9:00').first().waitFor();
  await staff.look('scheduled');
  assert.equal(await reader.open(`/c/${slug}`), 404);
  await staff.press('取消定时发布');
  await staff.page.locator('#when-now').waitFor();
}

async function publishNow(staff) {
  await staff.press('发布征求意见');
  await staff.page.getByText('已经发布。').waitFor();
  await staff.look('published');
}

async function read(reader, slug, name) {
  assert.equal(await reader.open(`/c/${slug}`), 200);
  await reader.look('consultation');
  await reader.open(`/c/${slug}/draft`);
  assert.match(await reader.page.locator('h1').innerText(), new RegExp(name));
  await reader.look('draft');
  await reader.open(`/c/${slug}/s/2.1.2`);
  await reader.look('section');
  await reader.page.locator('a', { hasText: '区住建局' }).first().click();
  await reader.look('unit');
  await reader.open(`/c/${slug}/units`);
  await reader.look('units');
  await reader.open(`/c/${slug}/find?q=${encodeURIComponent('灭火器')}`);
  assert.ok((await reader.page.locator('mark').count()) > 0);
  await reader.look('found');
  await reader.open(`/c/${slug}/find?q=${encodeURIComponent('没有的词')}`);
  await reader.look('not-found');
  await reader.open(`/c/${slug}/explanation`);
  await reader.look('explanation');
  await reader.open(`/en/c/${slug}/s/2.1.2`);
  await reader.look('section-en');
  await reader.open(`/c/${slug}/s/2.1.2/embed`);
  await reader.look('embed');
  await preferences(reader, slug);
}

async function preferences(reader, slug) {
  const size = () => reader.page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  await reader.open(`/c/${slug}/s/2.1.2`);
  const before = await size();
  await reader.open('/preferences');
  await reader.look('preferences');
  await reader.page.locator('input[type=radio][value=larger]').check();
  await reader.page.locator('input[type=radio][value=high]').check();
  await reader.page.locator('main form button').click();
  await reader.open(`/c/${slug}/s/2.1.2`);
  assert.ok((await size()) > before * 1.2, 'the text did not grow');
  await reader.look('section-large');
  await reader.open(`/c/${slug}/draft`);
  await reader.look('draft-large');
  await reader.page.context().clearCookies();
}

async function revise(staff, reader, slug, upload) {
  await staff.open(`/office/c/${slug}/versions`);
  await staff.look('versions');
  await staff.page.setInputFiles('#files', upload);
  await staff.press('上传并读取大纲');
  await staff.page.waitForURL(/\/office\/imports\/[0-9a-f-]{36}$/);
  await staff.follow('新旧条款对照');
  const rows = await staff.page.locator('.match-rows').innerText();
  assert.match(rows, /有修改/);
  assert.match(rows, /新增/);
  assert.match(rows, /删除/);
  await staff.look('matches');
  await staff.press('确认对照');
  await staff.page.waitForURL(/\/check$/);
  await staff.page.fill('#note', '根据居民意见,集中清理改为每月一次,新增大件垃圾清运。');
  await staff.look('check-revised');
  assert.doesNotMatch(await (await reader.page.request.get(`${demo.address}/c/${slug}/draft`)).text(), /清运大件垃圾/);
  await staff.press('发布修改稿');
  await staff.page.getByText('已经发布。').waitFor();
}

async function compare(reader, slug) {
  await reader.open(`/c/${slug}`);
  await reader.follow('第2版的修改内容');
  await reader.open(`/c/${slug}/versions`);
  await reader.look('public-versions');
  await reader.open(`/c/${slug}/changes/2`);
  assert.match(await reader.page.locator('ins').allInnerTexts().then((all) => all.join()), /月/);
  assert.match(await reader.page.locator('del').allInnerTexts().then((all) => all.join()), /季度/);
  await reader.look('changes');
  // What was 二/(二)/3 is now 二/(二)/4: its old page says so and leads there.
  assert.equal(await reader.open(`/c/${slug}/v/1/s/2.2.3`), 200);
  await reader.look('old-section');
  await reader.page.locator('.old-version a').first().click();
  assert.match(new URL(reader.page.url()).pathname, /\/s\/2\.2\.4$/);
  assert.match(await reader.page.locator('h1').innerText(), /补齐灭火器材/);
  // What is gone still has its old page; its old address leads there.
  await reader.open(`/c/${slug}/s/3.2`);
  assert.match(new URL(reader.page.url()).pathname, /\/v\/1\/s\/3\.2$/);
  await reader.look('gone-section');
  await reader.open(`/c/${slug}/v/1/draft`);
  await reader.look('old-draft');
}
