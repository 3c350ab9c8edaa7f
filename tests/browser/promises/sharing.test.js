// The way to a spot for others: copied, shared, or as a code on the screen.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('no-gpu');

town.promise('the system’s share sheet gets the spot and its channel, and nobody’s language', async (scene) => {
  const prepare = ({ context }) => context.addInitScript(() => {
    navigator.share = async (shared) => { window.shared = shared; };
  });
  const mina = await scene.guest('Mina', { path: '/downtown/sungnyemun?lang=en', prepare });
  const panel = await mina.openPanel('around');
  await panel.getByRole('button', { name: mina.text('around-share'), exact: true }).click();
  const shared = await mina.page.evaluate(() => window.shared);
  assert.equal(shared.url, `${scene.relay.url}/downtown/sungnyemun?channel=1`);
  assert.match(shared.title, new RegExp(mina.text('spot-sungnyemun')));
});

town.promise('where there is nothing to share with, no button says so', async (scene) => {
  const prepare = ({ context }) => context.addInitScript(() => { delete Navigator.prototype.share; });
  const mina = await scene.guest('Mina', { prepare });
  const panel = await mina.openPanel('around');
  await panel.getByRole('button', { name: mina.text('around-link'), exact: true }).waitFor();
  assert.equal(await panel.getByRole('button', { name: mina.text('around-share'), exact: true }).isVisible(), false);
});

town.promise('a code of the spot is asked for when it is wanted, and shows', async (scene) => {
  const mina = await scene.guest('Mina', { path: '/downtown/sungnyemun?channel=2' });
  const asked = [];
  mina.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const panel = await mina.openPanel('around');
  const code = panel.getByRole('img', { name: mina.text('around-qr'), exact: true });
  await panel.getByText(mina.text('around-qr'), { exact: true }).click();
  await code.scrollIntoViewIfNeeded();
  await mina.page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await code.elementHandle());
  assert.equal(new URL(await code.getAttribute('src'), scene.relay.url).href, `${scene.relay.url}/qr/downtown/sungnyemun.svg?channel=2`);
  assert.deepEqual(asked.filter((path) => path.startsWith('/qr/')), ['/qr/downtown/sungnyemun.svg']);
});

town.promise('a link that leads nowhere says so in the visitor’s language, and lets him in', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null, language: 'ja' });
  mina.tolerate(/status of 404/);
  await mina.page.goto(new URL(`/downtown/${'x'.repeat(8_000)}`, scene.relay.url).href, { waitUntil: 'commit' });
  await mina.nameField.waitFor();
  await mina.page.getByTestId('missing').getByText(mina.text('entry-missing'), { exact: true }).waitFor();
  await mina.page.getByRole('button', { name: 'English', exact: true }).click();
  mina.language = 'en';
  await mina.page.getByTestId('missing').getByText(mina.text('entry-missing'), { exact: true }).waitFor();
  await mina.enter();
  await mina.page.waitForURL('**/downtown/seoul-plaza?lang=en');
});
