// axe finds nothing to object to on any screen, in either language; and what axe does not look for is there as well.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { city } from '../harness/city.js';

const town = city('webgl2');

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

const PANELS = ['around', 'talk', 'gestures', 'help', 'settings'];

for (const language of ['ko', 'en']) {
  const path = `/downtown/seoul-plaza?lang=${language}`;

  town.promise(`axe finds nothing on the entry screen (${language})`, async (scene) => {
    const mina = await scene.visitor('Mina', { language, path });
    await isClean(mina);
    await mina.page.getByText(mina.text('entry-look'), { exact: true }).click();
    await isClean(mina);
  });

  town.promise(`axe finds nothing on the stage and its panels (${language})`, async (scene) => {
    const mina = await scene.guest('Mina', { language, path });
    await mina.showsStage();
    await isClean(mina);
    const picture = mina.page.locator('canvas');
    assert.equal(await picture.getAttribute('role'), 'img');
    assert.match(await picture.getAttribute('aria-label'), new RegExp(mina.text('spot-seoul-plaza')));
    for (const panel of PANELS) {
      await mina.openPanel(panel);
      await isClean(mina);
    }
  });

  town.promise(`axe finds nothing on the map and its panels (${language})`, async (scene) => {
    const mina = await scene.guest('Mina', { language, path: `${path}&view=map` });
    await isClean(mina);
    const picture = mina.page.getByTestId('scene').getByRole('img');
    assert.match(await picture.getAttribute('aria-label'), new RegExp(mina.text('spot-seoul-plaza')));
    for (const panel of PANELS) {
      await mina.openPanel(panel);
      await isClean(mina);
    }
  });
}

town.promise('with the largest text and in high contrast nothing gets out of reach', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/seoul-plaza?view=map' });
  const panel = await mina.openPanel('settings');
  await panel.getByRole('radio', { name: /200/ }).check();
  await panel.getByRole('radio', { name: mina.text('colours-high') }).check();
  await isClean(mina);
  await mina.openPanel('talk');
  await mina.sayField.fill('readable');
});

async function isClean(visitor) {
  // As the page itself may not: the browser's own protocol is not bound by the page's policy.
  await visitor.page.evaluate(axe.source);
  const found = await visitor.page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, rules);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join('; ')}`);
  }, RULES);
  assert.deepEqual(found, []);
}
