// Names over heads: to be read, also where people stand together.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const town = city('webgl2');

// Long ones, so that those of people who arrive together lie side by side and on one another.
const NAMES = ['Wandering Wisteria', 'Quiet Quince Tree', 'Marvellous Magpie', 'Pleasant Persimmon', 'Gentle Gingko Leaf'];

// A name is read when less than this of it lies under another; and it is there when it is more than this solid.
const COVERED = 0.3;
const SOLID = 0.5;

town.promise('names of people who stand together do not lie on one another', async (scene) => {
  const jun = await scene.guest('Jun', { path: '/downtown/seoul-plaza' });
  await jun.showsStage();
  for (const name of NAMES) await scene.guest(name, { path: '/downtown/seoul-plaza?view=map' });
  for (const name of NAMES) await jun.sees(name);
  // From some way off they are side by side.
  await jun.walk(['KeyS'], 14);
  let names = [];
  await eventually('each name that is shown can be read', async () => {
    names = await jun.page.evaluate((solid) => [...document.querySelectorAll('.tag')]
      .filter((tag) => Number(tag.style.opacity) > solid)
      .map((tag) => {
        const { left, right, top, bottom } = tag.querySelector('.tag-name').getBoundingClientRect();
        return { name: tag.textContent, left, right, top, bottom };
      }), SOLID);
    return names.length > 0 && names.every((name) => names.every((other) => name === other || covered(name, other) < COVERED));
  });
  assert.ok(names.every(({ name }) => NAMES.includes(name)), JSON.stringify(names));
});

// The share of a name that another covers.
function covered(name, other) {
  const both = (from, to) => Math.max(0, Math.min(name[to], other[to]) - Math.max(name[from], other[from]));
  return (both('left', 'right') * both('top', 'bottom')) / ((name.right - name.left) * (name.bottom - name.top));
}
