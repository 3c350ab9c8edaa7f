// One contender with a canvas, and a ring of people that it draws: `?contender=ours|three&backend=webgl|webgpu&people=500`, and
// `&finest` to leave out our levels of detail. `window.bench` is what the measuring program calls.

import { Ring } from './ring.js';
import { fetchScene } from './scene.js';

const asked = new URLSearchParams(location.search);
const people = Number(asked.get('people'));
const backend = asked.get('backend');
const source = asked.get('contender') === 'ours' ? './ours.js' : `./three_${backend}.js`;

// The same steps for everyone, however long a frame takes.
const STEP_S = 1 / 60;

window.bench = start();

async function start() {
  const [{ open }, scene] = await Promise.all([import(source), fetchScene(people)]);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [innerWidth, innerHeight];
  document.body.append(canvas);
  const contender = await open(canvas, scene, { backend, finest: asked.has('finest') });
  const ring = new Ring(scene);
  let number = 0;

  async function frame(time_s) {
    await new Promise(requestAnimationFrame);
    ring.at(time_s);
    contender.draw(ring);
    await contender.room();
  }

  return {
    adapter: contender.adapter,

    // Draws so many frames, or as many as there is time for; how many there were, and how long they took. The frames that
    // are on their way at the beginning make up for those that are at the end.
    async run(frames, atMostMs) {
      const from = performance.now();
      let drawn = 0;
      while (drawn < frames && performance.now() - from < atMostMs) {
        number += 1;
        await frame(number * STEP_S);
        drawn += 1;
      }
      return { frames: drawn, ms: performance.now() - from, ...contender.account() };
    },

    // Draws one moment again and again, until whatever settles has settled.
    async stand(time_s, frames, atMostMs) {
      const until = performance.now() + atMostMs;
      for (let drawn = 0; drawn < frames && performance.now() < until; drawn += 1) await frame(time_s);
    },
  };
}
