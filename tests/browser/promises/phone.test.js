// On a phone, thumbs are enough.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance } from '../harness/visitor.js';

const town = city('phone');

const MAP = '/downtown/seoul-plaza?view=map';

town.promise('the touch stick walks as long as a thumb holds it', async (scene) => {
  const mina = await scene.guest('Mina', { path: MAP });
  const from = await mina.still();
  const stick = await mina.page.getByTestId('stick').boundingBox();
  const middle = { x: stick.x + stick.width / 2, y: stick.y + stick.height / 2 };
  const touch = await fingers(mina);
  await touch('touchStart', middle);
  await touch('touchMove', { x: middle.x, y: middle.y - stick.height * 0.4 });
  await mina.until('walks 2 m', ({ me }) => distance(me, from) > 2);
  await touch('touchEnd');
  await mina.still();
});

town.promise('a tap on the ground of the stage walks there', async (scene) => {
  // Fewer pixels than a phone has: here a processor draws them.
  const mina = await scene.guest('Mina', { deviceScaleFactor: 1 });
  await mina.showsStage();
  const from = await mina.still();
  await mina.page.touchscreen.tap(250, 540);
  await mina.until('walks', ({ me }) => distance(me, from) > 1);
});

town.promise('a tap on the map walks there', async (scene) => {
  const mina = await scene.guest('Mina', { path: MAP });
  const from = await mina.still();
  await mina.page.touchscreen.tap(250, 380);
  await mina.until('walks', ({ me }) => distance(me, from) > 1);
});

town.promise('nothing sticks out of the screen, and every button is large enough for a thumb', async (scene) => {
  const mina = await scene.visitor('Mina', { path: MAP });
  await fits(mina);
  await mina.enter();
  await fits(mina);
  for (const panel of ['around', 'talk', 'gestures', 'help', 'settings']) {
    await mina.openPanel(panel);
    await fits(mina);
  }
});

// The page is never wider than the screen, and targets measure 24 CSS pixels at least (WCAG 2.2, 2.5.8).
async function fits(visitor) {
  const { width, small } = await visitor.page.evaluate(() => {
    const LEAST_PX = 24;
    const buttons = [...document.querySelectorAll('button')].filter((button) => button.checkVisibility());
    return {
      width: document.documentElement.scrollWidth,
      small: buttons
        .filter((button) => Math.min(button.offsetWidth, button.offsetHeight) < LEAST_PX)
        .map((button) => button.outerHTML.slice(0, 120)),
    };
  });
  assert.equal(width, visitor.page.viewportSize().width);
  assert.deepEqual(small, []);
}

// Playwright's touchscreen only taps: holding and moving a finger is told to the browser itself.
async function fingers(visitor) {
  const session = await visitor.context.newCDPSession(visitor.page);
  return (type, point) => session.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
}
