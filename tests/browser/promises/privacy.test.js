// The page talks to its own relay and to nobody else, from the first byte to the good-bye.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('webgl2');

town.promise('nothing leaves the origin during a whole visit, and no cookie is set', async (scene) => {
  const asked = new Set();
  const mina = await scene.visitor('Mina', {
    path: null,
    viewport: { width: 800, height: 540 },
    prepare: async ({ context, page }) => {
      // Of service workers, too.
      context.on('request', (request) => asked.add(request.url()));
      page.on('websocket', (socket) => asked.add(socket.url()));
      page.on('worker', (worker) => asked.add(worker.url()));
    },
  });
  const jun = await scene.guest('Jun');
  await mina.open('/');
  await mina.enter();
  await mina.showsStage();
  for (const name of ['around', 'talk', 'gestures', 'help', 'settings']) await mina.openPanel(name);
  const around = await mina.openPanel('around');
  await around.getByText(mina.text('around-qr'), { exact: true }).click();
  await around.getByRole('button', { name: mina.text('around-describe'), exact: true }).click();
  await mina.say('hello');
  await jun.hears('Mina', 'hello');
  const settings = await mina.openPanel('settings');
  await settings.getByRole('radio', { name: mina.text('sound-on') }).check();
  await mina.page.keyboard.press('Escape');
  await settings.waitFor({ state: 'detached' });
  await mina.walk(['KeyW'], 3);
  await mina.page.evaluate(() => navigator.serviceWorker.ready);
  await mina.page.goto(`${scene.relay.url}/privacy`);
  await mina.open('/downtown/sungnyemun');

  const { host } = new URL(scene.relay.url);
  const inside = (address) => /^(data|blob):/.test(address) || new URL(address).host === host;
  const all = [...asked];
  assert.deepEqual(all.filter((address) => !inside(address)), []);
  for (const kind of [/\/ws$/, /\.wasm$/, /\/sw\.js$/, /\/qr\//, /\/privacy$/]) {
    assert.ok(all.some((address) => kind.test(address)), `${kind} is among the ${all.length} that were seen`);
  }
  assert.deepEqual(await mina.context.cookies(), []);
});
