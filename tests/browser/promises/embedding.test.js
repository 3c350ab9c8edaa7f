// The city in a frame of another site: where the operator allows that site, and nowhere else.

import assert from 'node:assert/strict';
import { after } from 'node:test';

import { city } from '../harness/city.js';
import { Site } from '../harness/site.js';

// Other ports are other origins.
const [allowed, other] = [await Site.start(), await Site.start()];
after(() => [allowed, other].forEach((site) => site.close()));

const town = city('no-gpu', { relayOptions: ['--embed-from', allowed.url] });

const SPOT = '/downtown/sungnyemun';

town.promise('a site that is named shows the city in a small frame, and visitors can come in there', async (scene) => {
  const jun = await scene.guest('Jun', { path: SPOT });
  const mina = await scene.visitor('Mina', { path: null, viewport: { width: 500, height: 400 } });
  await mina.page.goto(allowed.around(scene.relay.url + SPOT));
  const frame = mina.page.frameLocator('iframe');
  const enter = frame.getByTestId('enter');
  await enter.waitFor();
  await frame.getByRole('textbox', { name: mina.text('name-label'), exact: true }).fill('Mina');
  await isWithin(mina.page, enter, 'the button can be pressed without scrolling');
  await enter.click();
  await jun.sees('Mina');

  // Everything that can be done is within the frame, and a panel can be read and closed there.
  const dock = frame.locator('.dock');
  await dock.waitFor();
  for (const button of await dock.getByRole('button').all()) await isWithin(mina.page, button, await button.innerText());
  await frame.getByTestId('around').click();
  const panel = frame.getByTestId('panel-around');
  await panel.waitFor();
  await isWithin(mina.page, panel.getByRole('button', { name: mina.text('panel-close'), exact: true }), 'closing the panel');
});

town.promise('any other site is refused by the browser', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null });
  mina.tolerate(/frame-ancestors/);
  // The harness looks into each frame; the browser's page in place of a refused one has no storage.
  mina.tolerate(/localStorage/);
  const refused = mina.page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await mina.page.goto(other.around(scene.relay.url + SPOT));
  await refused;
  assert.equal(await mina.page.frameLocator('iframe').getByRole('heading', { level: 1 }).count(), 0);
});

// All of it lies within the frame, as the page around it shows it.
async function isWithin(page, locator, what) {
  const frame = await page.locator('iframe').boundingBox();
  const box = await locator.boundingBox();
  const inside = box && box.x >= frame.x && box.y >= frame.y
    && box.x + box.width <= frame.x + frame.width && box.y + box.height <= frame.y + frame.height;
  assert.ok(inside, `${what}: ${JSON.stringify(box)} in ${JSON.stringify(frame)}`);
}
