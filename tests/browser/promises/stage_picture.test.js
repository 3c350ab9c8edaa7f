// The stage shows what the model says: it is no blank canvas, an avatar is where it should be, and both backends are
// equally bright.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { BACKENDS } from '../harness/chromium.js';
import { city } from '../harness/city.js';
import { Picture } from '../harness/picture.js';
import { figureOf } from '../harness/visitor.js';

// Light does not change while pictures are compared.
const NOON = '/downtown/seoul-plaza?hour=12';

// Half the side of the square on a torso that is looked at, in CSS pixels: an avatar some metres off is wider.
const HALF_PX = 6;

// Below this a picture is as good as one colour.
const BLANK_VARIETY = 8;

const luminances = new Map();

for (const backend of BACKENDS) {
  describe(`on ${backend}`, () => {
    const town = city(backend);

    town.promise('the canvas is not blank', async (scene) => {
      const mina = await scene.guest('Mina', { path: NOON });
      await mina.showsStage();
      const picture = await settled(mina);
      scene.report(`${backend}: variety ${picture.variety().toFixed(1)}, luminance ${picture.luminance().toFixed(1)}`);
      assert.ok(picture.variety() > BLANK_VARIETY);
      luminances.set(backend, picture.luminance());
    });

    town.promise('an avatar is seen where the model says that it stands, and was not there before', async (scene) => {
      const mina = await scene.guest('Mina', { path: NOON });
      await mina.showsStage();
      // The other walks out of Mina's own shadow, and stands still in front of her.
      const jun = await scene.guest('Jun', { path: `${NOON}&view=map` });
      await jun.walk(['KeyW', 'KeyD'], 4);
      await mina.sees('Jun');
      await settled(mina);
      const { screen } = figureOf(await mina.state(), 'Jun');
      const there = square(screen);
      const withJun = await photograph(mina, there);
      await jun.page.close();
      await mina.until('no longer sees Jun', (state) => !figureOf(state, 'Jun'), { within: 75_000 });
      await settled(mina);
      const without = await photograph(mina, there);
      const changed = withJun.difference(without);
      scene.report(`${backend}: ${(changed * 100).toFixed(0)} % of the pixels at (${screen}) were Jun's`);
      assert.ok(changed > 0.6, `only ${changed} of the pixels changed`);
    });
  });
}

describe('between the backends', () => {
  test('the same view is equally bright', () => {
    const [a, b] = BACKENDS.map((backend) => luminances.get(backend));
    assert.ok(Math.abs(a - b) / Math.max(a, b) < 0.04, `${a} and ${b}`);
  });
});

// The stage without what the page lays over it, once two pictures in a row are nearly the same: textures have come,
// the camera is at rest.
async function settled(visitor) {
  await hideInterface(visitor.page);
  let last = await photograph(visitor);
  await visitor.until('the picture is at rest', () => true);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const { drawn } = await visitor.state();
    await visitor.until('draws on', (state) => state.drawn > drawn + 4);
    const next = await photograph(visitor);
    if (next.difference(last) < 0.02) return next;
    last = next;
  }
  throw new Error('the picture never came to rest');
}

async function photograph(visitor, clip) {
  return new Picture(await visitor.page.screenshot({ clip, scale: 'css' }));
}

function square([x, y]) {
  return { x: Math.round(x) - HALF_PX, y: Math.round(y) - HALF_PX, width: 2 * HALF_PX, height: 2 * HALF_PX };
}

// By the object model, which the page's own policy allows, unlike a style element.
function hideInterface(page) {
  return page.evaluate(() => {
    for (const element of document.querySelectorAll('.top, .below, .said, .panel, .tags, .stick')) {
      element.style.visibility = 'hidden';
    }
  });
}
