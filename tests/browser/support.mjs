// What the walks share: the demonstration, a browser, and axe.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
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

/** Starts the demonstration, with data of its own unless a folder is given; answers its address and how to sign in. */
export async function startDemo({ at = '2025-06-10T10:00', folder } = {}) {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'jianyan-walk-')));
  const demo = start(['demo', '--port', '0', '--data', data, '--at', at]);
  const said = await hear(demo.stdout, demo, /login \/ password: *\S+ \/ \S+/);
  const [, login, password] = /login \/ password: *(\S+) \/ (\S+)/.exec(said);
  const [, address] = /office: *(http:\S+)\/office/.exec(said);
  return {
    address,
    data,
    login,
    password,
    async stop() {
      await end(demo);
      if (!folder) await rm(data, { recursive: true, force: true });
    },
  };
}

/** Starts the service itself, by today's clock, on the data that a demonstration left. */
export async function startService(data, settings) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const service = start(['serve'], {
    JIANYAN_LISTEN: `127.0.0.1:${port}`,
    JIANYAN_PUBLIC_URL: address,
    JIANYAN_LOG_FILTER: 'warn',
    ...onData(data),
    ...settings,
  });
  await answered(`${address}/healthz`, service);
  return { address, stop: () => end(service) };
}

const onData = (data) => ({ JIANYAN_DATA_DIR: data, JIANYAN_DATABASE_URL: `sqlite:${join(data, 'jianyan.db')}` });

/** Has the program register a letter for the demonstration's consultation, on the data that it left. */
export async function importLetter(data, letter) {
  const file = join(data, 'letter.eml');
  await writeFile(file, letter.replaceAll('\n', '\r\n'));
  const done = start(['mail', 'import', file, '--consultation', 'demo'], onData(data));
  done.stdout.resume();
  const code = await new Promise((ended) => done.once('exit', ended));
  if (code !== 0) throw new Error(`the letter was not registered: the program ended with ${code}`);
}

/** Starts a mail server that takes everything; answers the mails it got, as text. */
export async function startSink() {
  const folder = await mkdtemp(join(tmpdir(), 'jianyan-mail-'));
  const port = await freePort();
  const user = process.getuid() === 0 ? ['-u', 'root'] : [];
  const sink = spawn('/usr/sbin/smtp-sink', [...user, '-d', join(folder, 'm.'), `127.0.0.1:${port}`, '20'], { stdio: 'ignore' });
  return {
    settings: { JIANYAN_SMTP_URL: `smtp://127.0.0.1:${port}?tls=none`, JIANYAN_MAIL_FROM: 'yijian@example.org' },
    async mails() {
      const names = await readdir(folder);
      return Promise.all(names.map(async (name) => plain(await readFile(join(folder, name), 'utf8'))));
    },
    async stop() {
      sink.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The words of a mail whatever it is packed in: base64 and quoted-printable (RFC 2045), flowed lines (RFC 3676). */
function plain(mail) {
  const [head, ...rest] = mail.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n');
  if (/^content-transfer-encoding: *base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8').replace(/ \r?\n/g, '');
  if (!/^content-transfer-encoding: *quoted-printable/im.test(head)) return body.replace(/ \r?\n/g, '');
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replace(/ \r?\n/g, '');
}

/** Has a command of the program work on the data of a demonstration; answers what it said. */
export async function command(options, data, { settings = {}, ends = 0 } = {}) {
  const child = start(options, { ...settings, JIANYAN_DATA_DIR: data, JIANYAN_DATABASE_URL: `sqlite:${join(data, 'jianyan.db')}`, JIANYAN_MAIL_HOST: 'mail.example.org' });
  let said = '';
  child.stdout.on('data', (bytes) => { said += bytes; });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== ends) throw new Error(`${options.join(' ')} ended with ${code}: ${said}`);
  return said;
}

function start(options, settings = {}) {
  const program = process.env.JIANYAN_PROGRAM ?? join(root, 'target', 'debug', 'jianyan');
  return spawn(program, options, { env: { ...process.env, LANG: 'en_US.UTF-8', ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
}

function hear(stream, program, wanted) {
  return new Promise((done, fail) => {
    let text = '';
    stream.on('data', (bytes) => {
      text += bytes;
      if (wanted.test(text)) done(text);
    });
    program.on('exit', (code) => fail(new Error(`the program ended with ${code}: ${text}`)));
  });
}

async function answered(address, program) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (program.exitCode !== null) break;
    if (await fetch(address).then((reply) => reply.ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${address} does not answer`);
}

async function end(program) {
  const ended = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  await ended;
}

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
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
