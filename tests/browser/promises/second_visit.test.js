// Whoever has been here once can begin again without a network; a new version is offered, never forced.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';
import { Visitor } from '../harness/visitor.js';

const town = city('no-gpu');

const NO_RELAY = [/WebSocket connection to/, /ERR_CONNECTION_REFUSED/, /Failed to load resource/];

town.promise('the second visit begins without the relay, shows the map while it waits, and comes in when it is there', async (scene) => {
  const mina = await scene.guest('Mina');
  await isKept(mina);
  await mina.page.close();
  const again = await nextVisit(scene, mina);
  await withoutRelay(scene, async () => {
    await again.open('/downtown/seoul-plaza');
    assert.equal(await again.page.getByTestId('people').isVisible(), false, 'it does not claim to know who is there now');
    await again.enterButton.click();
    await again.page.getByTestId('trouble').waitFor();
    await again.page.locator('.map-svg').first().waitFor({ state: 'attached' });
  });
  await again.isIn(60_000);
});

town.promise('a spot that was never opened leads to the page that was opened last, when there is no network', async (scene) => {
  const mina = await scene.guest('Mina');
  await isKept(mina);
  await mina.page.close();
  const again = await nextVisit(scene, mina);
  await withoutRelay(scene, async () => {
    await again.open('/downtown/sungnyemun');
    assert.equal(new URL(again.page.url()).pathname, '/downtown/seoul-plaza');
    await again.page.getByRole('heading', { name: again.text('spot-seoul-plaza'), exact: true }).waitFor();
  });
});

town.promise('neither the relay’s socket nor what it knows about now is kept', async (scene) => {
  const mina = await scene.guest('Mina');
  await isKept(mina);
  const kept = await mina.page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
    }
    return all;
  });
  const named = /\/[0-9a-f]{16}\/|-[0-9a-f]{8,}/;
  assert.deepEqual(kept.filter((address) => !named.test(address)), ['/downtown/seoul-plaza']);
});

town.promise('a look at the made-up world is never taken for the city afterwards', async (scene) => {
  const mina = await scene.guest('Mina');
  await isKept(mina);
  const ticket = () => mina.page.evaluate(() => sessionStorage.getItem('metaverse.ticket'));
  const before = await ticket();
  await mina.open('/downtown/seoul-plaza?mock=1');
  await mina.enter();
  assert.ok(before);
  assert.equal(await ticket(), before, 'a real visit goes on where it was');
  await mina.page.close();
  const again = await nextVisit(scene, mina);
  await withoutRelay(scene, async () => {
    await again.open('/downtown/seoul-plaza');
    await again.enterButton.click();
    await again.page.getByTestId('trouble').waitFor();
    assert.equal((await again.state()).connection === 'in', false);
  });
});

town.promise('a new version is offered, comes when the visitor says so, and the visit goes on', async (scene) => {
  const mina = await scene.guest('Mina');
  await isKept(mina);
  const { me: before } = await mina.state();
  NO_RELAY.forEach((pattern) => mina.tolerate(pattern));
  await mina.page.evaluate(() => { window.sameInstance = true; });
  const copy = await mkdtemp(path.join(tmpdir(), 'city-'));
  const original = scene.relay.city;
  try {
    await cp(original, copy, { recursive: true });
    const texts = path.join(copy, 'locales/en/city.ftl');
    await writeFile(texts, (await readFile(texts, 'utf8')).replace('= Seoul Plaza', '= Seoul Plaza, renewed'));
    await scene.relay.kill();
    Object.assign(scene.relay, { city: copy });
    await scene.relay.start();
    await mina.isIn(60_000);
    const offer = mina.page.getByRole('complementary', { name: mina.text('version-ready'), exact: true });
    // A page of the city in another tab is enough for the browser to notice.
    const other = await mina.context.newPage();
    await other.goto(`${scene.relay.url}/privacy`);
    await offer.getByText(mina.text('version-ready'), { exact: true }).waitFor();
    assert.equal(await mina.page.evaluate(() => window.sameInstance), true, 'nothing was loaded anew by itself');
    const loaded = mina.page.waitForEvent('load');
    await offer.getByRole('button', { name: mina.text('version-reload'), exact: true }).click();
    await loaded;
    await mina.nameField.waitFor();
    await mina.page.getByRole('heading', { name: 'Seoul Plaza, renewed', exact: true }).waitFor();
    await mina.enterButton.click();
    await mina.isIn();
    assert.equal((await mina.state()).me.id, before.id);
    await eventually('what the old version kept is gone', () => mina.page.evaluate(async () => (await caches.keys()).length === 1));
  } finally {
    await scene.relay.kill();
    Object.assign(scene.relay, { city: original });
    await scene.relay.start();
    await rm(copy, { recursive: true, force: true });
  }
});

town.promise('with no room to keep anything, everything works as on a first visit', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null });
  const session = await mina.context.newCDPSession(mina.page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: scene.relay.url, quotaSize: 0 });
  await mina.open('/downtown/seoul-plaza');
  await mina.enter();
  await mina.page.evaluate(() => navigator.serviceWorker.ready);
  await mina.page.reload();
  await mina.enterButton.click();
  await mina.isIn();
  await mina.say('still here');
  await mina.hears('Mina', 'still here');
});

// While the relay is away.
async function withoutRelay({ relay }, then) {
  await relay.kill();
  try {
    await then();
  } finally {
    await relay.start();
  }
}

// The next visit of the same person, who has closed the page.
async function nextVisit(scene, { context, relay, language, name }) {
  const page = await context.newPage();
  const visitor = new Visitor(page, context, relay, { language, name: `${name} again` });
  NO_RELAY.forEach((pattern) => visitor.tolerate(pattern));
  scene.visitors.push(visitor);
  return visitor;
}

// Everything that the next visit needs is there.
function isKept(visitor) {
  return eventually('the page is kept', () => visitor.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const paths = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    }
    const wanted = [/^\/downtown\/seoul-plaza$/, /^\/shell-.*\.js$/, /^\/shell-.*\.wasm$/, /\/city\.bin$/, /\/world-.*\.css$/, /\/locales\/.*\/en\.ftl$/];
    return wanted.every((one) => paths.some((path) => one.test(path)));
  }), { within: 40_000 });
}
