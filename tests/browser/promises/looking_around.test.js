// The camera goes round the visitor by hand.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance } from '../harness/visitor.js';

const town = city('webgl2');

town.promise('dragging the picture turns the camera, and moves nobody', async (scene) => {
  const mina = await scene.guest('Mina');
  await mina.showsStage();
  const from = await mina.still();
  const { mouse } = mina.page;
  await mouse.move(220, 120);
  await mouse.down();
  await mouse.move(160, 120, { steps: 6 });
  await mouse.up();
  const { me } = await mina.until('looks elsewhere', ({ me: now }) => Math.abs(now.yaw - from.yaw) > 0.1);
  assert.ok(distance(me, from) < 0.01);
});
