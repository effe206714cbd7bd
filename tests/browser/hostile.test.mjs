// Texts that are scripts, in every field, on every page that shows them: in a real browser, where a
// script that ran, or one that the page's policy had to stop, is seen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { payloads } from './payloads.mjs';
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

/** A visitor whose pages tell when something ran that should not have. */
async function watched(name) {
  const visitor = await Visitor.arrive(browser, demo.address, name, { viewport: sizes.desk });
  visitor.ran = [];
  const at = (what) => visitor.ran.push(`${visitor.page.url()}: ${what}`);
  await visitor.page.exposeFunction('ran', (stopped) => at(stopped ?? 'a script ran'));
  await visitor.page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      globalThis.ran?.(event.violatedDirective);
    });
  });
  visitor.page.on('dialog', async (dialog) => {
    at(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  visitor.page.on('frameattached', () => at('a frame'));
  return visitor;
}

/** A text that does get into a page is noticed: the page's policy stops it, and says so. */
async function wouldBeSeen(visitor) {
  await visitor.page.evaluate((words) => document.body.insertAdjacentHTML('beforeend', words), payloads[5]);
  for (let tries = 0; visitor.ran.length === 0 && tries < 50; tries += 1) await visitor.page.waitForTimeout(100);
  assert.match(visitor.ran.join(), /script-src/);
  visitor.ran.length = 0;
  visitor.faults.length = 0;
}

/** Sends fields as a form of this site's own page would. */
async function post(visitor, path, fields) {
  const loaded = visitor.page.waitForEvent('load');
  await visitor.page.evaluate(([action, pairs]) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = action;
    for (const [name, value] of pairs) {
      const field = document.createElement('textarea');
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
  }, [path, Object.entries(fields)]);
  await loaded;
}

// A field of one line takes no line ends, and an organisation's name at most a hundred characters.
const who = (text) => {
  const words = text.replace(/\n/g, ' ').slice(0, 90);
  return {
    sender_kind: 'organisation', organisation: words, name: '沈知秋', phone: '19900001234', email: '', address: words,
    district: words.slice(0, 60), consent: 'yes',
  };
};

test('two hundred hostile texts run nowhere', { timeout: 420_000 }, async () => {
  assert.equal(new Set(payloads).size, 200);
  const visitor = await watched('hostile');
  await visitor.open('/c/demo/comment');
  await wouldBeSeen(visitor);
  const start = () => visitor.page.url();

  // Taken: the receipt shows it. Each has the words somewhere, so that nothing was swallowed.
  for (const [index, words] of payloads.entries()) {
    await post(visitor, '/c/demo/submissions', { section: '2.1.1', text: `${index}号 ${words}`, suggested: words, ...who(words) });
    assert.match(start(), /\/r\/[0-9A-Z-]{19}/, `not taken: ${words}`);
    const shown = await visitor.page.locator('main').innerText();
    assert.ok(shown.includes(`${index}号`), words);
  }
  // Refused: every field comes back. Carried: the last look shows it.
  for (const words of payloads) {
    await post(visitor, '/c/demo/submissions', {
      section: words, text: words, suggested: words, sender_kind: words, name: words, organisation: words, phone: words,
      email: words, address: words, district: words, credit_code: words, capacity: words, quote_exact: words, version: words, mark: words, consent: words,
    });
    const tray = JSON.stringify([{ section: '2.1.1', text: words, suggested: words }, { section: words, text: words }]);
    await post(visitor, '/c/demo/comment', { from: 'who', go: 'check', tray, ...who(words) });
    assert.equal(await visitor.page.locator('.remark').count(), 2, words);
  }
  // In addresses.
  for (const words of payloads) {
    const said = encodeURIComponent(words);
    for (const path of [`/c/demo/comment?section=${said}&exact=${said}`, `/c/demo/find?q=${said}`, `/r?number=${said}`]) {
      await visitor.open(path);
    }
  }
  assert.deepEqual(visitor.ran, []);

  // In the office: the queue, each remark, the reasons it gives, the log.
  const staff = await watched('hostile-office');
  await staff.signIn(demo.login, demo.password);
  await staff.open('/office/c/demo/remarks');
  const links = new Set();
  for (let more = true; more;) {
    for (const href of await staff.page.locator('main a[href*="/remarks/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))) links.add(href.split('?')[0]);
    const next = staff.page.locator('main a[rel=next]');
    more = (await next.count()) > 0;
    if (more) await next.first().click();
  }
  assert.ok(links.size >= 200, `${links.size} remarks in the queue`);
  let answered = 0;
  for (const href of links) {
    await staff.open(href);
    if (!(await staff.page.locator('main').innerText()).includes('号 ')) continue;
    const outcome = staff.page.locator('input[name=outcome]').first();
    if (answered >= payloads.length || (await outcome.count()) === 0) continue;
    await outcome.check();
    await staff.page.fill('[name=reason]', payloads[answered]);
    answered += 1;
    await staff.page.locator('form[action$="/outcome"] button').first().click();
    await staff.page.waitForLoadState('load');
  }
  assert.ok(answered >= 200, `${answered} answered`);
  await staff.open('/office/c/demo/audit');
  assert.deepEqual(staff.ran, []);
});
