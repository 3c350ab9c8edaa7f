// The page answers at once while the stage runs: no long task on its thread.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('webgl2');

// What the design promises on a machine that does nothing else.
const LONG_MS = 50;

// Here the same two cores draw every pixel and run the relay: a task that lost its core for a while is not the page's
// fault. One of this length would be.
const TOO_LONG_MS = 200;

const WALK_M = 16;

town.promise('the main thread has no long task while the stage runs and its visitor walks', async (scene) => {
  const mina = await scene.visitor('Mina', { prepare: ({ page }) => page.addInitScript(watchTasks) });
  await mina.enter();
  await mina.showsStage();
  const starting = await longTasks(mina);
  await mina.walk(['KeyW'], WALK_M);
  const running = (await longTasks(mina)).slice(starting.length);

  scene.report(`tasks over ${LONG_MS} ms while starting: ${tell(starting)}; while running: ${tell(running)}`);
  assert.ok(running.every((task) => task < TOO_LONG_MS), tell(running));
  assert.ok(running.length <= 3, tell(running));
});

function watchTasks() {
  window.longTasks = [];
  const note = (list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
  new PerformanceObserver(note).observe({ type: 'longtask', buffered: true });
}

function longTasks(visitor) {
  return visitor.page.evaluate(() => window.longTasks);
}

function tell(tasks) {
  return tasks.length === 0 ? 'none' : tasks.map((task) => `${Math.round(task)} ms`).join(', ');
}
