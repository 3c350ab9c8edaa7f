// The stage shows what the model says: it is no blank canvas, an avatar is where it should be, and both backends are
// equally bright.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { BACKENDS } from '../harness/chromium.js';
import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';
import { Picture } from '../harness/picture.js';
import { distance, figureOf } from '../harness/visitor.js';

// Light does not change while pictures are compared.
const NOON = '/downtown/seoul-plaza?hour=12';

// Half the side of the square on a torso that is looked at, in CSS pixels: an avatar eight metres off is wider.
const HALF_PX = 2;

// Below this a picture is as good as one colour.
const BLANK_VARIETY = 8;

// Seen against grass as well as against paving and sky: orange above and below (`shared::look`, twelve numbers).
const LOOK = '2,0,0,0,4,4,0,0,0,0,0,0';

// The place grows and its shaders are compiled while it is seen: by so many frames it is as it stays.
const GROWN_FRAMES = 60;

// Where a processor draws, the screen gets a picture up to four frames after it was drawn.
const SHOWN_FRAMES = 5;

const luminances = new Map();

for (const backend of BACKENDS) {
  describe(`on ${backend}`, () => {
    const town = city(backend);

    town.promise('the canvas is not blank, and an avatar is seen where the model says that it stands', async (scene) => {
      const mina = await scene.guest('Mina', { path: NOON });
      const prepare = ({ page }) => page.addInitScript((look) => localStorage.setItem('metaverse.look', look), LOOK);
      const jun = await scene.guest('Jun', { path: `${NOON}&view=map`, prepare });
      await mina.showsStage();
      await mina.until('the place has grown', ({ drawn }) => drawn > GROWN_FRAMES, { within: 60_000 });
      await showInterface(mina.page, false);

      // The other walks ahead of Mina and to the side, so that her own avatar does not hide him; then away again.
      await jun.walk(['KeyW'], 4);
      const there = await comesIntoView(mina, jun);
      const withJun = await photograph(mina);
      scene.report(`${backend}: variety ${withJun.variety().toFixed(1)}, luminance ${withJun.luminance().toFixed(1)}`);
      assert.ok(withJun.variety() > BLANK_VARIETY);
      luminances.set(backend, withJun.luminance());

      await jun.walk(['KeyA'], 6);
      await whereSeen(mina, jun);
      const without = await photograph(mina);
      const changed = withJun.difference(without, square(there));
      scene.report(`${backend}: ${(changed * 100).toFixed(0)} % of the pixels around (${there}) were Jun's`);
      assert.ok(changed > 0.6, `only ${changed} of the pixels around (${there}) changed`);
    });

    town.promise('a visitor can have night at noon, and noon again', async (scene) => {
      const mina = await scene.guest('Mina', { path: NOON });
      await mina.showsStage();
      const panel = await mina.openPanel('settings');
      const slider = panel.getByRole('slider', { name: mina.text('settings-hour') });
      const brightness = async () => {
        await showInterface(mina.page, false);
        const picture = await photograph(mina);
        await showInterface(mina.page, true);
        return picture.luminance();
      };
      const noon = await brightness();
      await slider.fill('23');
      // The place grows meanwhile, which changes the brightness as well, but less.
      const night = await eventually('it is night', async () => {
        const now = await brightness();
        return now < noon * 0.7 && now;
      });
      await slider.fill('12');
      await eventually('it is noon again', async () => (await brightness()) > night * 1.3);
    });
  });
}

describe('between the backends', () => {
  test('the same view is equally bright', () => {
    const [a, b] = BACKENDS.map((backend) => luminances.get(backend));
    assert.ok(Math.abs(a - b) / Math.max(a, b) < 0.05, `${a} and ${b}`);
  });
});

// Walks until the visitor sees him beside her own avatar, which is in the middle; gives back where on the screen that is.
async function comesIntoView(visitor, other) {
  const { width } = visitor.page.viewportSize();
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const seen = await whereSeen(visitor, other);
    const aside = seen[0] / width - 0.5;
    if (Math.abs(aside) > 0.1 && Math.abs(aside) < 0.42) return seen;
    // Keys are held for longer than meant where the machine is busy, so there must be room beyond the goal.
    await other.walk([aside > 0.1 || (aside < 0 && aside > -0.42) ? 'KeyA' : 'KeyD'], 0.7);
  }
  throw new Error(`${other.name} never came into view`);
}

// Where on the screen the other is once he stands still there, and has been drawn there.
async function whereSeen(visitor, other) {
  const at = await other.still();
  const arrived = (state) => distance(figureOf(state, other.name), at) < 0.05;
  const { drawn } = await visitor.until(`sees ${other.name} arrive`, arrived);
  const state = await visitor.until('draws that', (now) => now.drawn > drawn + SHOWN_FRAMES, { within: 60_000 });
  return figureOf(state, other.name).screen;
}

async function photograph(visitor) {
  return new Picture(await visitor.page.screenshot({ scale: 'css' }));
}

function square([x, y]) {
  return { x: Math.round(x) - HALF_PX, y: Math.round(y) - HALF_PX, width: 2 * HALF_PX, height: 2 * HALF_PX };
}

// By the object model, which the page's own policy allows, unlike a style element.
function showInterface(page, shown) {
  return page.evaluate((visibility) => {
    for (const element of document.querySelectorAll('.page > :not(.scene), .tags, .ring, .stick')) {
      element.style.visibility = visibility;
    }
  }, shown ? '' : 'hidden');
}
