// A relay that dies and comes back costs nobody their place: no reload, no lost position.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const town = city('no-gpu');

// A resumed session may be set down where the relay last heard of it.
const SAME_PLACE_M = 0.5;

town.promise('two visitors go on where they were when the relay is killed and started again', async (scene) => {
  const guests = [await scene.guest('Mina'), await scene.guest('Jun')];
  const [mina, jun] = guests;
  await mina.walk(['KeyW'], 5);
  await jun.walk(['KeyD'], 3);
  const before = await Promise.all(guests.map((guest) => guest.still()));
  for (const guest of guests) {
    toleratesLoss(guest);
    await guest.page.evaluate(() => {
      window.sameInstance = true;
    });
  }

  await scene.relay.kill();
  for (const guest of guests) {
    await guest.until('notices', (state) => state.connection === 'again');
    const words = await guest.page.getByTestId('connection').innerText();
    assert.equal(words.trim(), guest.text('connection-again'));
  }
  await scene.relay.start();

  for (const [index, guest] of guests.entries()) {
    await guest.isIn(40_000);
    assert.equal(await guest.page.evaluate(() => window.sameInstance), true, 'the page was not loaded anew');
    const { me } = await guest.state();
    assert.ok(distance(me, before[index]) < SAME_PLACE_M, `${guest.name} stands at ${me.x}, ${me.z}`);
    assert.equal(me.id, before[index].id, 'still the same visitor');
  }
  await mina.sees('Jun');
  await jun.sees('Mina');
  await mina.walk(['KeyS'], 2);
  const at = await mina.still();
  await jun.until('sees Mina walk again', (state) => distance(figureOf(state, 'Mina'), at) < 0.05);
  await mina.say('still here');
  await jun.hears('Mina', 'still here');
});

town.promise('a line that cannot be sent stays where it was written, and can be sent later', async (scene) => {
  const mina = await scene.guest('Mina');
  toleratesLoss(mina);
  await mina.openPanel('talk');
  await scene.relay.kill();
  await mina.until('notices', (state) => state.connection === 'again');
  await mina.sayField.fill('is anyone there?');
  await mina.sayField.press('Enter');
  await mina.page.getByText(mina.text('notice-not-connected'), { exact: true }).first().waitFor();
  assert.equal(await mina.sayField.inputValue(), 'is anyone there?');
  await scene.relay.start();
  await mina.isIn(40_000);
  await mina.sayField.press('Enter');
  await mina.hears('Mina', 'is anyone there?');
});

// What a browser writes when there is no relay; the last when the page is just about to keep itself for the next visit.
function toleratesLoss(visitor) {
  visitor.tolerate(/WebSocket connection to/);
  visitor.tolerate(/ERR_CONNECTION_REFUSED/);
  visitor.tolerate(/error occurred when fetching the script/);
}
