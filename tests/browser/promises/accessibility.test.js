// axe finds nothing to object to on any screen, in either language; and what axe does not look for is there as well.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import axe from 'axe-core';

import { city } from '../harness/city.js';
import { blockWebSockets } from '../harness/stubborn_network.js';

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

const PANELS = ['around', 'talk', 'gestures', 'help', 'settings'];

const LANGUAGES = ['ko', 'en'];
const ALL_LANGUAGES = [...LANGUAGES, 'ja', 'zh-Hans'];

const PLAZA = '/downtown/seoul-plaza';

// Colours are looked at when they have come to rest.
const CALM = { reducedMotion: 'reduce' };

describe('without a GPU', () => {
  const town = city('no-gpu');

  for (const language of ALL_LANGUAGES) {
    town.promise(`axe finds nothing on the entry screen, the map and every panel (${language})`, async (scene) => {
      const mina = await scene.visitor('Mina', { language, ...CALM });
      await isClean(mina);
      await mina.page.getByText(mina.text('entry-look'), { exact: true }).click();
      await isClean(mina);
      await mina.enter();
      await isClean(mina);
      await isNamed(mina);
      for (const panel of PANELS) {
        await mina.openPanel(panel);
        await isClean(mina);
      }
    });
  }

  town.promise('axe finds nothing on the first screen, which stands until the shell has come', async (scene) => {
    const mina = await scene.visitor('Mina', { path: null, ...CALM });
    await mina.page.route('**/shell-*.wasm', () => {});
    await mina.page.goto(new URL(PLAZA, scene.relay.url).href, { waitUntil: 'commit' });
    await mina.earlyButton.waitFor();
    await isClean(mina);
  });

  town.promise('axe finds nothing in dark, and in high contrast with the largest text', async (scene) => {
    const mina = await scene.guest('Mina', CALM);
    const panel = await mina.openPanel('settings');
    await panel.getByRole('radio', { name: mina.text('colours-dark') }).check();
    await isClean(mina);
    await panel.getByRole('radio', { name: mina.text('colours-high') }).check();
    await panel.getByRole('radio', { name: /200/ }).check();
    await isClean(mina);
    await mina.openPanel('talk');
    await isClean(mina);
    await mina.sayField.fill('within reach');
  });
});

describe('where something is wrong', () => {
  const town = city('no-gpu');

  for (const language of LANGUAGES) {
    town.promise(`axe finds nothing where the entry is in trouble (${language})`, async (scene) => {
      const prepare = async (visitor) => {
        visitor.tolerate(/net::ERR_FAILED/);
        await visitor.page.route(/city\.bin$/, (route) => route.abort());
        Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
      };
      const mina = await scene.visitor('Mina', { language, prepare, ...CALM });
      await mina.page.getByTestId('trouble').getByText(mina.text('trouble-loading')).waitFor();
      await mina.page.getByRole('link', { name: mina.text('entry-again') }).waitFor();
      await isClean(mina);
    });

    town.promise(`axe finds nothing where WebSockets are blocked (${language})`, async (scene) => {
      const network = await blockWebSockets(scene.relay);
      try {
        const prepare = (visitor) => Object.assign(visitor, { relay: network });
        const mina = await scene.visitor('Mina', { language, prepare, ...CALM });
        mina.tolerate(/WebSocket connection to/);
        await mina.enterButton.click();
        await mina.until('understands', (now) => now.connection === 'blocked', { within: 40_000 });
        await isClean(mina);
      } finally {
        network.close();
      }
    });

    town.promise(`axe finds nothing in the older of two tabs (${language})`, async (scene) => {
      const mina = await scene.guest('Mina', { language, ...CALM });
      const opened = mina.context.waitForEvent('page');
      await mina.page.evaluate(() => {
        window.open(location.href);
      });
      const newer = await opened;
      await newer.getByRole('button', { name: mina.text('entry-enter'), exact: true }).click();
      await mina.until('is told', (state) => state.connection === 'close-superseded');
      await mina.page.bringToFront();
      await isClean(mina);
    });
  }
});

describe('with WebGL2', () => {
  const town = city('webgl2');

  town.promise('axe finds nothing on the stage, and the canvas is told in words in both languages', async (scene) => {
    for (const language of LANGUAGES) {
      const mina = await scene.guest('Mina', { language, path: `${PLAZA}?lang=${language}`, ...CALM });
      await mina.showsStage();
      await isClean(mina);
      await isNamed(mina);
      await mina.context.close();
    }
  });
});

// axe does not flag an unnamed picture that scripts draw.
async function isNamed(visitor) {
  const picture = visitor.page.getByTestId('scene').getByRole('img');
  const label = await picture.getAttribute('aria-label');
  assert.ok(label.includes(visitor.text('spot-seoul-plaza')), label);
}

async function isClean(visitor) {
  // As the page itself may not: the browser's own protocol is not bound by the page's policy.
  await visitor.page.evaluate(axe.source);
  const found = await visitor.page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, rules);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join('; ')}`);
  }, RULES);
  assert.deepEqual(found, []);
}
