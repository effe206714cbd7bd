// What the walks share: the demonstration, a browser, and axe.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };
export const pictures = process.env.JIANYAN_PICTURES ?? join(root, 'target', 'browser');

/** Starts the demonstration with data of its own; answers its address and how to sign in. */
export async function startDemo() {
  const data = await mkdtemp(join(tmpdir(), 'jianyan-walk-'));
  const program = process.env.JIANYAN_PROGRAM ?? join(root, 'target', 'debug', 'jianyan');
  const demo = spawn(program, ['demo', '--port', '0', '--data', data, '--at', '2025-06-10T10:00'], {
    env: { ...process.env, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise((done, fail) => {
    let text = '';
    demo.stdout.on('data', (bytes) => {
      text += bytes;
      if (/login \/ password: *\S+ \/ \S+/.test(text)) done(text);
    });
    demo.on('exit', (code) => fail(new Error(`the demonstration ended with ${code}: ${text}`)));
  });
  const [, login, password] = /login \/ password: *(\S+) \/ (\S+)/.exec(said);
  const [, address] = /office: *(http:\S+)\/office/.exec(said);
  return {
    address,
    login,
    password,
    async stop() {
      const ended = new Promise((done) => demo.once('exit', done));
      demo.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Debian's Chromium, without the services it would look for on the network. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

/** Waits as long as a person takes at least: a form that is faster is shown once more, to be looked over. */
export const likeAPerson = (page) => page.waitForTimeout(3_100);

/** A reader or a member of staff at one size of screen, whose pages are looked at by axe. */
export class Visitor {
  constructor(page, address, name) {
    this.page = page;
    this.address = address;
    this.name = name;
    this.seen = 0;
  }

  static async arrive(browser, address, name, options) {
    const context = await browser.newContext({ locale: 'zh-CN', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const visitor = new Visitor(page, address, name);
    page.on('pageerror', (error) => visitor.faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      const expected = /status of 4\d\d/.test(message.text()) || (visitor.quiet && /net::ERR_FAILED/.test(message.text()));
      if (message.type() === 'error' && !expected) {
        visitor.faults.push(`${page.url()}: ${message.text()}`);
      }
    });
    return visitor;
  }

  faults = [];
  /** Whether the page's own scripts are kept away on purpose. */
  quiet = false;

  async open(path) {
    const response = await this.page.goto(this.address + path);
    return response.status();
  }

  /** Takes a picture, and finds what axe and a phone's reader would complain about. */
  async look(what) {
    this.seen += 1;
    await mkdir(pictures, { recursive: true });
    const file = `${this.name}-${String(this.seen).padStart(2, '0')}-${what}.png`;
    await this.page.screenshot({ path: join(pictures, file), fullPage: true });
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(async () => {
      const result = await globalThis.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      return result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(' | ')}`);
    });
    this.faults.push(...found.map((one) => `${what} (${this.name}): ${one}`));
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) this.faults.push(`${what} (${this.name}): ${wide} px wider than the screen`);
    if (this.faults.length > 0) throw new Error(this.faults.join('\n'));
  }

  async press(name) {
    await this.page.getByRole('button', { name, exact: false }).first().click();
  }

  async follow(name) {
    await this.page.getByRole('link', { name, exact: false }).first().click();
  }

  async signIn(login, password) {
    await this.open('/office/sign-in');
    await this.page.fill('[name=login]', login);
    await this.page.fill('[name=password]', password);
    await this.page.locator('main form button').click();
  }
}
