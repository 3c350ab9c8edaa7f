// A relay that has no room says so, and lets in whoever waits once there is some.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('no-gpu', { relayOptions: ['--capacity', '1'] });

// From here on a page whose sockets never open would believe that the network blocks them.
const ATTEMPTS = 5;

town.promise('whoever finds it full is told so in plain words, and comes in once there is room', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.visitor('Jun');
  const attempts = jun.page.waitForEvent('websocket', { predicate: ((left) => () => (left -= 1) === 0)(ATTEMPTS) });
  await jun.enterButton.click();
  const full = jun.page.getByTestId('trouble').getByText(jun.text('close-full'));
  await full.waitFor();
  await attempts;
  assert.ok(await full.isVisible(), 'it is still told that it is full');
  await mina.page.close();
  await jun.isIn();
});
