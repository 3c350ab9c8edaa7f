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

// Until a picture has been shown, whatever is in the way.
const SHOWN_MS = 1_000;
const SHOWN_FRAMES = 4;

window.bench = start();

async function start() {
  const [{ open }, scene] = await Promise.all([import(source), fetchScene(people)]);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [innerWidth, innerHeight];
  document.body.append(canvas);
  const contender = await open(canvas, scene, { backend, finest: asked.has('finest') });
  const ring = new Ring(scene);
  let number = 0;

  async function frame(time_s, count = people) {
    await new Promise(requestAnimationFrame);
    ring.at(time_s);
    contender.draw(ring, count);
    await contender.room();
  }

  function step(count) {
    number += 1;
    return frame(number * STEP_S, count);
  }

  return {
    adapter: contender.adapter,

    // Draws so many frames of one of the people.
    async compile(frames) {
      for (let drawn = 0; drawn < frames; drawn += 1) await step(Math.min(people, 1));
    },

    // Draws so many frames of everyone, or as many as there is time for; how many there were, and how long they took. Nothing is on its
    // way at the beginning, nor at the end: where a frame takes seconds, that would be much.
    async run(frames, atMostMs) {
      await contender.idle();
      const from = performance.now();
      let drawn = 0;
      while (drawn < frames && performance.now() - from < atMostMs) {
        await step(people);
        drawn += 1;
      }
      await contender.idle();
      return { frames: drawn, ms: performance.now() - from, ...contender.account() };
    },

    // Draws one moment again and again, until whatever settles has settled, and gives its picture as a PNG, in base 64.
    async picture(time_s, frames) {
      const from = performance.now();
      for (let drawn = 0; drawn < frames; drawn += 1) await frame(time_s);
      // What a worker draws is seen later, by some frames that may each take a second.
      const frameMs = (performance.now() - from) / frames;
      await new Promise((resolve) => setTimeout(resolve, SHOWN_MS + SHOWN_FRAMES * frameMs));
      await frame(time_s);
      // At once after a frame: some contexts forget their picture when it has been shown.
      const copy = new OffscreenCanvas(canvas.width, canvas.height);
      copy.getContext('2d').drawImage(canvas, 0, 0);
      const bytes = new Uint8Array(await (await copy.convertToBlob()).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
  };
}
