// Debian's own WebKit (WebKitGTK's small browser), driven by plain WebDriver (W3C) on a screen that exists only in memory.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { eventually } from './eventually.js';
import { freePort } from './relay.js';

// WebDriver's name for an element's identity (W3C WebDriver, section 12).
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

// The code points that WebDriver gives to keys (section 17.4.2).
const KEYS = { Enter: '\uE007' };

const PROGRAMS = ['WebKitWebDriver', 'Xvfb'];

export const isInstalled = PROGRAMS.every((program) => spawnSync('which', [program]).status === 0) && !!miniBrowser();

export async function launch() {
  const home = mkdtempSync(path.join(tmpdir(), 'webkit-'));
  const { screen, display } = await startScreen();
  const port = await freePort();
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DISPLAY: `:${display}`,
    LIBGL_ALWAYS_SOFTWARE: '1',
    LANG: 'C.UTF-8',
    // Its sandbox needs rights that a container or root does not have.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], { env, stdio: 'ignore' });
  const webkit = new WebKit(`http://127.0.0.1:${port}`, [driver, screen], home);
  await webkit.begin();
  return webkit;
}

class WebKit {
  #session;

  constructor(address, processes, home) {
    this.address = address;
    this.processes = processes;
    this.home = home;
  }

  async begin() {
    await eventually('WebKitWebDriver answers', () => fetch(`${this.address}/status`).then((answer) => answer.ok, () => false));
    const options = { binary: miniBrowser(), args: ['--automation', '--geometry=1000x700'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
    const { sessionId } = await this.#call('POST', '/session', { capabilities });
    this.#session = `/session/${sessionId}`;
  }

  open(url) {
    return this.#call('POST', `${this.#session}/url`, { url });
  }

  // The value of a JavaScript expression in the page.
  evaluate(expression) {
    return this.#call('POST', `${this.#session}/execute/sync`, { script: `return (${expression})`, args: [] });
  }

  async click(xpath) {
    const id = await this.#find(xpath);
    await this.#call('POST', `${this.#session}/element/${id}/click`, {});
  }

  // Replaces what a field holds.
  async type(xpath, text) {
    const id = await this.#find(xpath);
    // As a person overwrites what is there: WebDriver's "clear" empties the element without the page being told, which puts
    // its own text back when it next draws.
    const field = `document.evaluate(${JSON.stringify(xpath)}, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue`;
    await this.evaluate(`(() => { const field = ${field}; field.focus(); field.select(); return true; })()`);
    await this.#call('POST', `${this.#session}/element/${id}/value`, { text });
  }

  async press(key) {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] ?? key }));
    await this.#call('POST', `${this.#session}/actions`, { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot(file) {
    const png = await this.#call('GET', `${this.#session}/screenshot`);
    await writeFile(file, Buffer.from(png, 'base64'));
  }

  async close() {
    if (this.#session) await this.#call('DELETE', this.#session).catch(() => {});
    for (const child of this.processes) {
      const gone = once(child, 'exit');
      if (child.exitCode === null && child.kill()) await gone;
    }
    rmSync(this.home, { recursive: true, force: true });
  }

  async #find(xpath) {
    const look = () => this.#call('POST', `${this.#session}/element`, { using: 'xpath', value: xpath }).catch(() => null);
    return (await eventually(`WebKit finds ${xpath}`, look))[ELEMENT];
  }

  async #call(method, where, body) {
    const answer = await fetch(this.address + where, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebDriver ${where}: ${value.error}: ${value.message}`);
    return value;
  }
}

// Xvfb finds a free display by itself, and tells its number on a file descriptor.
async function startScreen() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(screen.stdio[3], 'data');
  return { screen, display: String(number).trim() };
}

function miniBrowser() {
  const libraries = readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/webkit2gtk-4.1/MiniBrowser`);
  return libraries.find(existsSync);
}
