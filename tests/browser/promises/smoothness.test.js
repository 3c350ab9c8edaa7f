// The page answers at once while the stage loads and runs: no long task on its thread.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { city } from '../harness/city.js';

// What the design promises on a machine that does nothing else.
const LONG_MS = 50;

// Here the same two cores draw every pixel and run the relay: a task that lost its core for a while is not the page's
// fault. One of this length would be.
const TOO_LONG_MS = 200;

// What a task may take of the processor while the page starts, measured on its thread's own clock: that is what waiting for
// a core does not change, though tracing and shared caches add to it.
const BUSY_MS = 50;

const WALK_M = 16;

for (const kind of ['webgl2', 'webgpu', 'no-gpu']) {
  describe(`on ${kind}`, () => {
    const town = city(kind);
    const shows = (visitor) => (kind === 'no-gpu' ? visitor.until('the map shows', (state) => state.view === 'map') : visitor.showsStage());

    town.promise('the main thread has no long task while the view runs and its visitor walks', async (scene) => {
      const mina = await scene.visitor('Mina', { prepare: ({ page }) => page.addInitScript(watchTasks) });
      await mina.enter();
      await shows(mina);
      const starting = await longTasks(mina);
      await mina.walk(['KeyW'], WALK_M);
      const running = (await longTasks(mina)).slice(starting.length);

      scene.report(`tasks over ${LONG_MS} ms while starting: ${tell(starting)}; while running: ${tell(running)}`);
      assert.ok(running.every((task) => task < TOO_LONG_MS), tell(running));
      assert.ok(running.length <= 3, tell(running));
    });

    town.promise('no task keeps the main thread while the page starts', async (scene) => {
      const mina = await scene.visitor('Mina', {
        prepare: ({ page }) => town.browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] }),
      });
      await mina.enter();
      await shows(mina);
      const busy = tasksOf(JSON.parse(await town.browser.stopTracing()).traceEvents, scene.relay.url);
      scene.report(`the busiest tasks took ${tell(busy.slice(0, 6))} of the processor`);
      assert.ok(busy.length > 0, 'the page did something');
      assert.ok(busy.every((task) => task < BUSY_MS), tell(busy.slice(0, 6)));
    });
  });
}

// Processor time of the tasks of the thread that reads the page, in milliseconds, the longest first. The browser has pages of its
// own, such as the one under its address bar, whose tasks are nobody's fault here; nor are those that answer this test.
function tasksOf(events, url) {
  const threadOf = ({ pid, tid }) => `${pid}/${tid}`;
  const reads = ({ name, args }) => name === 'ParseHTML' && args.beginData?.url.startsWith(url);
  const threads = new Set(events.filter(reads).map(threadOf));
  const own = events.filter((event) => threads.has(threadOf(event)));
  const asked = own.filter(({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === 'blink.mojom.DevToolsSession');
  const answers = (task) => asked.some(({ ts }) => ts >= task.ts && ts <= task.ts + task.dur);
  return own
    .filter((event) => event.name.endsWith('RunTask') && !answers(event))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a);
}

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
