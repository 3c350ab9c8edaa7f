// Bicycles of the city: taken at a rack, ridden faster than anyone runs, seen by others, left anywhere.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const town = city('no-gpu');
const PLAZA = { path: '/downtown/seoul-plaza' };
const RUN_M_S = 5;

town.promise('a bicycle is taken at a rack, is faster than a run, is seen by others, and is left anywhere', async (scene) => {
  const mina = await scene.guest('Mina', PLAZA);
  const jun = await scene.guest('Jun', PLAZA);
  await jun.sees('Mina');
  const button = mina.page.getByTestId('bicycle');
  // Whoever arrives stands around the spot, perhaps near a rack already: none is at hand farther off.
  await mina.page.keyboard.down('KeyA');
  await button.waitFor({ state: 'detached' });
  await mina.page.keyboard.up('KeyA');
  await mina.page.keyboard.down('KeyD');
  await button.getByText(mina.text('bicycle-on')).waitFor();
  await mina.page.keyboard.up('KeyD');
  await mina.still();
  await button.press('Enter');
  await button.getByText(mina.text('bicycle-off')).waitFor();
  assert.equal((await mina.state()).me.motion, 'astride');
  await jun.until('sees her astride a bicycle', (state) => figureOf(state, 'Mina')?.motion === 'astride');

  const fastest = mina.page.evaluate(fastestOver, 2);
  const seen = jun.until('sees her cycle', (state) => figureOf(state, 'Mina')?.motion === 'cycle');
  await mina.walk(['KeyS'], 14);
  await seen;
  assert.ok((await fastest) > RUN_M_S * 1.1, `${await fastest} m/s`);
  const { me } = await mina.state();
  await jun.until('knows where she stopped', (state) => distance(figureOf(state, 'Mina'), me) < 0.05);

  await button.press('Enter');
  await button.waitFor({ state: 'detached' });
  await jun.until('sees her on foot', (state) => figureOf(state, 'Mina')?.motion === 'stand');
});

// In the page: the fastest over half a second, in metres a second, of so many seconds from the first step on.
function fastestOver(seconds) {
  const now = () => ({ ms: performance.now(), ...window.metaverse.state().me });
  const begins = now();
  const samples = [];
  return new Promise((resolve) => {
    const frame = () => {
      const sample = now();
      if (Math.hypot(sample.x - begins.x, sample.z - begins.z) > 0.01) samples.push(sample);
      if (samples.length < 2 || sample.ms - samples[0].ms < seconds * 1_000) return requestAnimationFrame(frame);
      const speeds = samples.map((from) => {
        const to = samples.find((later) => later.ms - from.ms >= 500);
        return to ? (Math.hypot(to.x - from.x, to.z - from.z) / (to.ms - from.ms)) * 1_000 : 0;
      });
      resolve(Math.max(...speeds));
    };
    requestAnimationFrame(frame);
  });
}
