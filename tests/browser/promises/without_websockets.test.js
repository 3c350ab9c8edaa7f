// A network that blocks WebSockets still shows the place: its map, how many people are there, and why there is no more.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { blockWebSockets } from '../harness/stubborn_network.js';

const town = city('no-gpu');

town.promise('where WebSockets are blocked, the map is there to look at, and plain words say why', async (scene) => {
  const inside = await scene.guest('Jun');
  const network = await blockWebSockets(scene.relay);
  try {
    const mina = await scene.visitor('Mina', { prepare: (visitor) => Object.assign(visitor, { relay: network }) });
    mina.tolerate(/WebSocket connection to/);
    await mina.nameField.fill('Mina');
    await mina.enterButton.click();
    const state = await mina.until('understands', (now) => now.connection === 'blocked' && now.screen === 'world', {
      within: 40_000,
    });
    assert.equal(state.view, 'map');
    assert.equal((await mina.page.getByTestId('connection').innerText()).trim(), mina.text('connection-blocked'));
    assert.match(await mina.page.getByTestId('people').innerText(), /One person/);
    await mina.page.getByTestId('scene').getByRole('img').waitFor();
    assert.equal((await inside.state()).connection, 'in', 'nobody else notices');
    await mina.say('can you read this?');
    await mina.page.getByText(mina.text('notice-not-connected'), { exact: true }).first().waitFor();
    await inside.say('all alone here');
    await inside.hears('Jun', 'all alone here');
    const heard = await inside.openPanel('talk');
    assert.equal(await heard.getByText('can you read this?').count(), 0, 'the map is there to look at only');
  } finally {
    network.close();
  }
});

town.promise('where WebSockets are swallowed, that is understood after one attempt', async (scene) => {
  const network = await blockWebSockets(scene.relay, { swallowed: true });
  try {
    const mina = await scene.visitor('Mina', { prepare: (visitor) => Object.assign(visitor, { relay: network }) });
    mina.tolerate(/WebSocket connection to/);
    await mina.enterButton.click();
    // An attempt takes twelve seconds at most.
    await mina.until('understands', (now) => now.connection === 'blocked' && now.screen === 'world', { within: 20_000 });
  } finally {
    network.close();
  }
});
