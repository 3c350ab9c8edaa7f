// Firefox and WebKit, too: in, to a place that shows, and heard by someone in Chromium.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';
import * as firefox from '../harness/firefox.js';
import { text } from '../harness/texts.js';
import * as webkit from '../harness/webkit.js';

const town = city('no-gpu');

const BROWSERS = { Firefox: firefox, WebKit: webkit };

const say = (key) => text('en', key);

for (const [name, driver] of Object.entries(BROWSERS)) {
  if (!driver.isInstalled) {
    town.skip(`a visitor with ${name} comes in and is heard`, `${name} is not installed here`);
    continue;
  }
  town.promise(`a visitor with ${name} comes in, sees the place, and is heard`, async (scene) => {
    const jun = await scene.guest('Jun');
    const browser = await driver.launch();
    try {
      await browser.open(`${scene.relay.url}/downtown/seoul-plaza?lang=en`);
      const state = () => browser.evaluate('window.metaverse?.state()');
      await browser.type('//input[@id="name"]', name);
      await browser.click(`//button[normalize-space()="${say('entry-enter')}"]`);
      await eventually(`${name} is in`, async () => (await state())?.connection === 'in', { within: 30_000, tell: state });
      const { view } = await state();
      scene.report(`${name} shows the ${view}`);
      // One view may just be giving way to another.
      const shown = `document.querySelector('.scene [role=img]')?.getBoundingClientRect().width > 100`;
      await eventually(`${name} shows the place`, () => browser.evaluate(shown));
      await jun.sees(name);

      await browser.click('//button[@data-testid="talk"]');
      await browser.type('//input[@id="say"]', `Hello from ${name}`);
      await browser.press('Enter');
      await jun.hears(name, `Hello from ${name}`);
      await jun.say(`Welcome, ${name}`);
      const heard = `document.querySelector('[data-testid=lines]')?.innerText.includes('Welcome, ${name}')`;
      await eventually(`${name} hears Jun`, () => browser.evaluate(heard));
      assert.deepEqual(browser.complaints ?? [], []);
    } finally {
      await browser.close();
    }
  });
}
