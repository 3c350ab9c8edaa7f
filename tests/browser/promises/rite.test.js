// The rite at Jongmyo: whoever stands there is told of each act, in words and to the ear of a screen reader.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const town = city('no-gpu');
const ACT_S = 40;

town.promise('each act has its caption, which is told as it begins, and ends where one goes away', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/jongmyo-jeongjeon' });
  const card = mina.page.getByTestId('act');
  const first = await card.innerText();
  assert.match(first, /^The royal ancestral rite, act \d of 9\. ./);
  await eventually('the next act begins', async () => (await card.innerText()) !== first, { within: (ACT_S + 10) * 1_000 });
  const second = await card.innerText();
  const told = mina.page.locator('[aria-live]', { hasText: second });
  await told.first().waitFor({ state: 'attached' });

  const around = await mina.openPanel('around');
  const there = mina.text('spot-bosingak');
  await around.getByRole('button', { name: mina.text('around-go-to', { name: there }), exact: true }).click();
  await card.waitFor({ state: 'detached' });
});
