// No GPU, no loss: the same address opens the map, and everything can be done there.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const town = city('no-gpu');

town.promise('without a GPU the same address opens the map, and no build of the engine is fetched', async (scene) => {
  const fetched = [];
  const mina = await scene.guest('Mina', {
    prepare: ({ page }) => page.on('request', (request) => fetched.push(request.url())),
  });
  const state = await mina.state();
  assert.equal(state.view, 'map');
  assert.equal(state.backend, 'none');
  assert.deepEqual(fetched.filter((url) => url.includes('/engine_')), []);
  assert.match(mina.page.url(), /\/downtown\/seoul-plaza$/);
});

town.promise('on the map one walks by click and by key, sees others walk, and talks', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  await jun.sees('Mina');

  const from = await mina.still();
  await mina.page.mouse.click(500, 200);
  await mina.until('walks to where was clicked', ({ me }) => distance(me, from) > 2);
  await mina.walk(['KeyA'], 2);
  const at = await mina.still();
  await jun.until('sees where Mina went', (state) => distance(figureOf(state, 'Mina'), at) < 0.05);

  const [x, y] = figureOf(await jun.state(), 'Mina').screen;
  const { width, height } = jun.page.viewportSize();
  assert.ok(x > 0 && x < width && y > 0 && y < height, 'and Mina is on the map');
  await mina.say('Hello from the map');
  await jun.hears('Mina', 'Hello from the map');
});

town.promise('one walks to a spot by the list of what is around', async (scene) => {
  const mina = await scene.guest('Mina');
  const from = await mina.still();
  const panel = await mina.openPanel('around');
  await panel.getByRole('button', { name: mina.text('around-walk-to', { name: mina.text('spot-library') }) }).click();
  await mina.until('walks', ({ me }) => distance(me, from) > 2);
});

town.promise('one walks down to the stream by its stairs, and is seen there from the street', async (scene) => {
  const path = '/downtown/gwangtonggyo';
  const mina = await scene.guest('Mina', { path });
  const jun = await scene.guest('Jun', { path });
  assert.equal((await mina.state()).me.level, 0);
  const panel = await mina.openPanel('around');
  const name = mina.text('spot-cheonggyecheon-water');
  await panel.getByRole('button', { name: mina.text('around-walk-to', { name }) }).click();
  await mina.until('is below the street', ({ me }) => me.level === -1, { within: 90_000 });
  await mina.until('has arrived', ({ me }) => me.motion === 'stand', { within: 90_000 });
  assert.match(mina.page.url(), /\/downtown\/cheonggyecheon-water$/);
  const at = await mina.still();
  const { figures } = await jun.until('sees where Mina is', (state) => distance(figureOf(state, 'Mina'), at) < 0.05);
  assert.equal(figures.find(({ name: whose }) => whose === 'Mina').level, -1);
});

town.promise('one is set down at a far spot by the list of what is elsewhere, and others see it', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  const panel = await mina.openPanel('around');
  const name = mina.text('spot-geunjeongjeon');
  await panel.getByRole('button', { name: mina.text('around-go-to', { name }) }).click();
  const { me } = await mina.until('stands in the palace', ({ me }) => me.z < -1000);
  await mina.until('is where the address says', () => mina.page.url().endsWith('/downtown/geunjeongjeon'));
  await jun.until('sees where Mina went', (state) => distance(figureOf(state, 'Mina'), me) < 1);
});
