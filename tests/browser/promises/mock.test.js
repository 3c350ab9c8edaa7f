// For those who work on the page: the whole interface on a made-up world, and all its components side by side.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const town = city('no-gpu');

// Whom the made-up world has, on an ordinary day.
const PEOPLE = 12;

// Each component is a page of its own, some twenty of them on one machine.
const ALL_WITHIN_MS = 30_000;

function persons({ figures }) {
  return figures.filter(({ whose }) => whose === 'person');
}

town.promise('the whole interface can be used on a made-up world, without a line to the relay and without an engine', async (scene) => {
  const lines = [];
  const workers = [];
  const prepare = ({ page }) => {
    page.on('websocket', (socket) => lines.push(socket.url()));
    page.on('worker', (worker) => workers.push(worker.url()));
  };
  const mina = await scene.guest('Mina', { path: '/downtown/seoul-plaza?mock=1', prepare });
  const before = persons(await mina.until('sees everyone', (state) => persons(state).length === PEOPLE));
  await mina.until('someone walks', (state) => persons(state).some(({ name, x }) => before.some((one) => one.name === name && Math.abs(one.x - x) > 1)));
  await mina.walk(['KeyW'], 4);
  await mina.say('Hello, made-up world');
  await mina.hears('Mina', 'Hello, made-up world');
  const panel = mina.page.getByTestId('panel-talk');
  await eventually('an answer', async () => (await panel.getByRole('listitem').count()) >= 2);
  const around = await mina.openPanel('around');
  await around.getByTestId('describe').click();
  const narration = around.getByTestId('narration');
  await narration.getByText(mina.text('spot-seoul-plaza'), { exact: false }).waitFor();
  const told = await narration.textContent();
  const names = before.filter(({ name }) => told.includes(`${name},`) || told.includes(`${name} `));
  assert.equal(names.length, 3, `three people, however many there are, so that places are told as well: ${told}`);

  const places = await (await fetch(new URL('/api/places', scene.relay.url))).json();
  assert.deepEqual(places.filter(({ people }) => people > 0), [], 'the relay knows of nobody');
  assert.deepEqual(lines, []);
  assert.ok(workers.every((url) => url.includes('/mock-')), `${workers}`);
});

town.promise('a made-up world is at no address that does not ask for it', async (scene) => {
  const html = await (await fetch(new URL('/downtown/seoul-plaza', scene.relay.url))).text();
  assert.ok(!html.includes('mock'));
});

town.promise('all components are shown side by side, each in its state', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null });
  mina.tolerate(/status of 404 .*\/nowhere/);
  await mina.page.goto(new URL('/?mock=all&lang=en', scene.relay.url).href);
  const frames = mina.page.locator('iframe');
  await frames.first().waitFor();
  const titles = await frames.evaluateAll((all) => all.map(({ title }) => title));
  assert.equal(new Set(titles).size, titles.length);
  for (const title of titles) {
    const frame = mina.page.getByTitle(title, { exact: true });
    await frame.scrollIntoViewIfNeeded();
    await eventually(`${title} is shown`, () => frame.evaluate(({ dataset }) => dataset.shown), { within: ALL_WITHIN_MS });
    assert.equal(await frame.getAttribute('data-shown'), 'yes', title);
  }
  const within = (title) => mina.page.frameLocator(`iframe[title="${title}"]`);
  await within('No room').getByText(mina.text('close-full')).first().waitFor();
  await within('The connection is lost').locator('.connection.is-away').waitFor();
  await within('A host').getByTestId('panel-host').waitFor();
  await within('A kiosk in use').getByTestId('kiosk-contrast').waitFor();
});
