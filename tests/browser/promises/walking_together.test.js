// Two people see one another walk, and agree on where they stand.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const SEEN_WITHIN_MS = 1_000;
const AGREE_M = 0.05;

const VIEWS = { 'no-gpu': 'none', webgpu: 'webgpu', webgl2: 'webgl' };

for (const [kind, backend] of Object.entries(VIEWS)) {
  describe(`on ${kind}`, () => {
    const town = city(kind);

    town.promise('a step is seen by the other within a second, and both agree to 5 cm once still', async (scene) => {
      const mina = await scene.guest('Mina', { path: '/downtown/seoul-plaza?view=map' });
      const jun = await scene.guest('Jun');
      if (backend !== 'none') await jun.showsStage();
      assert.equal((await jun.state()).backend, backend);
      await jun.sees('Mina');
      await mina.sees('Jun');

      const frames = (await jun.state()).drawn;
      const watching = Date.now();
      const began = mina.page.evaluate(whenMoved, null);
      const seen = jun.page.evaluate(whenMoved, 'Mina');
      await mina.walk(['KeyW'], 3);
      const took = (await seen) - (await began);
      const drawn = (await jun.state()).drawn - frames;
      const frameMs = backend === 'none' ? 0 : (Date.now() - watching) / Math.max(drawn, 1);
      scene.report(`${kind}: a step was seen after ${took} ms, a frame took ${Math.round(frameMs)} ms`);
      assert.ok(took < SEEN_WITHIN_MS, `seen after ${took} ms`);

      await agree(mina, jun);
      await jun.walk(['KeyD'], 2);
      await agree(jun, mina);
    });
  });
}

// Where someone stands, and where another sees that, come together.
async function agree(walker, watcher) {
  const at = await walker.still();
  await watcher.until(
    `sees ${walker.name} within ${AGREE_M} m of (${at.x}, ${at.z})`,
    (state) => distance(figureOf(state, walker.name), at) < AGREE_M,
    { within: 30_000 },
  );
}

// In the page: when a figure, or oneself, had left its place by more than what rounding explains.
function whenMoved(name) {
  const LEFT_M = 0.1;
  const where = () => {
    const state = window.metaverse.state();
    return name === null ? state.me : state.figures.find((figure) => figure.name === name);
  };
  const from = where();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const now = where();
      if (now && Math.hypot(now.x - from.x, now.z - from.z) > LEFT_M) {
        clearInterval(timer);
        resolve(Date.now());
      }
    }, 10);
  });
}
