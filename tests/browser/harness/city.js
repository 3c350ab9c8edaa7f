// What a file of promises shares: one relay and one browser. Each promise gets visitors of its own; they are closed when it
// ends, and photographed when it is broken.

import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from './chromium.js';
import { Relay } from './relay.js';
import { Visitor } from './visitor.js';

// What a browser asks for whose owner reads a language.
export const LOCALES = { ko: 'ko-KR', en: 'en-US', ja: 'ja-JP', 'zh-Hans': 'zh-CN' };

// Longest time for a whole promise, and for one thing that a visitor does.
const PROMISE_MS = 240_000;
const STEP_MS = 30_000;

// The project's second city.
export const HAMLET = path.resolve(import.meta.dirname, '../../../assets/cities/hamlet');

// Starts both before the file's promises, ends both after. `kind` is a kind of Chromium.
export function city(kind, { relayOptions = [], pack } = {}) {
  const town = new City(kind);
  before(async () => {
    town.relay = pack ? await Relay.serving(pack, ...relayOptions) : await Relay.start(...relayOptions);
    Object.assign(town, await launch(kind));
  });
  after(async () => {
    await town.browser?.close();
    await town.relay?.stop();
  });
  return town;
}

class City {
  constructor(kind) {
    this.kind = kind;
  }

  // A test named by what is promised. Broken also by any error in any page that the body did not expect.
  promise(name, body) {
    test(name, { timeout: PROMISE_MS }, async (t) => {
      const scene = new Scene(this, t);
      try {
        await body(scene);
        for (const visitor of scene.visitors) {
          assert.deepEqual(visitor.unexpected(), [], `${visitor.name}'s page has nothing to complain about`);
        }
      } catch (error) {
        await scene.record(name);
        throw error;
      } finally {
        await scene.close();
      }
    });
  }

  // A promise that cannot be tried here, and why.
  skip(name, why) {
    test(name, { skip: why }, () => {});
  }
}

// One promise's visitors, or those of whatever else has a relay and a browser: `town` has both, `t` takes the record.
export class Scene {
  visitors = [];

  constructor(town, t) {
    this.town = town;
    this.relay = town.relay;
    this.t = t;
  }

  // Someone with the page open, not yet in; with a `path` of null, before any page. `options` are also those of a
  // Playwright context.
  async visitor(name, { path: address = '/downtown/seoul-plaza', language = 'en', quality = 'quality-low', prepare, ...options } = {}) {
    const { browser, context: usual } = this.town;
    const context = await browser.newContext({ ...usual, locale: LOCALES[language], ...options });
    context.setDefaultTimeout(STEP_MS);
    // A visitor on such a machine would choose so.
    await context.addInitScript((quality) => localStorage.setItem('metaverse.quality', quality), quality);
    const page = await context.newPage();
    const visitor = new Visitor(page, context, this.relay, { language, name });
    this.visitors.push(visitor);
    await prepare?.(visitor);
    if (address !== null) await visitor.open(address);
    return visitor;
  }

  // Someone who is in.
  async guest(name, options) {
    const visitor = await this.visitor(name, options);
    await visitor.enter();
    return visitor;
  }

  // A figure for the record of the run.
  report(line) {
    this.t.diagnostic(line);
  }

  async record(promise) {
    const folder = await mkdtemp(path.join(tmpdir(), 'broken-promise-'));
    await writeFile(path.join(folder, 'relay.log'), this.relay?.log ?? '');
    for (const visitor of this.visitors) {
      const file = path.join(folder, visitor.name.replace(/\W/g, '_') || 'visitor');
      const state = await visitor.state().catch(String);
      const seen = { promise, address: visitor.page.url(), complaints: visitor.complaints, state };
      await writeFile(`${file}.json`, JSON.stringify(seen, null, 1));
      await visitor.page.screenshot({ path: `${file}.png`, timeout: 5_000 }).catch(() => {});
    }
    this.report(`what was seen: ${folder}`);
  }

  async close() {
    await Promise.all(this.visitors.map((visitor) => visitor.context.close().catch(() => {})));
  }
}
