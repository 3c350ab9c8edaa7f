// Addresses are places: a link leads to its spot, and the address bar says where one is.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const town = city('no-gpu');

// Those who arrive are spread around a spot.
const NEAR_M = 15;

town.promise('a link to a spot leads there', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/daehanmun' });
  const jun = await scene.guest('Jun', { path: '/downtown/daehanmun' });
  const sora = await scene.guest('Sora', { path: '/downtown/fountain' });
  await mina.page.getByRole('heading', { name: mina.text('spot-daehanmun'), exact: true }).waitFor();
  const [a, b, c] = [(await mina.state()).me, (await jun.state()).me, (await sora.state()).me];
  assert.ok(distance(a, b) < NEAR_M, 'both stand at the gate');
  assert.ok(distance(a, c) > 2 * NEAR_M, 'and not at the fountain');
});

town.promise('friends who follow a link into a channel meet there, and nobody else', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/seoul-plaza?channel=3' });
  const sora = await scene.guest('Sora', { path: '/downtown/seoul-plaza' });
  const jun = await scene.guest('Jun', { path: '/downtown/seoul-plaza?channel=3' });
  await mina.sees('Jun');
  await jun.sees('Mina');
  const his = await jun.until('counts both', ({ people }) => people === 2);
  const hers = await sora.until('counts herself', ({ people }) => people === 1);
  assert.equal(figureOf(hers, 'Mina') ?? figureOf(hers, 'Jun') ?? figureOf(his, 'Sora'), undefined);
});

town.promise('the address follows to the nearest spot, and keeps what else it says', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/seoul-plaza?lang=en' });
  const panel = await mina.openPanel('around');
  await panel.getByRole('button', { name: mina.text('around-walk-to', { name: mina.text('spot-fountain') }) }).click();
  await mina.page.waitForURL('**/downtown/fountain?lang=en', { timeout: 45_000 });
});

town.promise('the bare address leads to where the city receives its visitors', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/' });
  await mina.page.waitForURL('**/downtown/seoul-plaza');
});

town.promise('a reload goes on where one was', async (scene) => {
  const mina = await scene.guest('Mina');
  await mina.walk(['KeyW'], 6);
  const before = await mina.still();
  await mina.page.reload();
  await mina.enterButton.waitFor();
  await mina.enter();
  const { me } = await mina.state();
  assert.equal(me.id, before.id);
  assert.ok(distance(me, before) < 0.5, `at ${me.x}, ${me.z}`);
});
