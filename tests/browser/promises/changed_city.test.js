// Whoever changes a city pack sees it: the lines that `cargo xtask run --dev` puts into the page load it anew.

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const RELOAD = path.resolve(import.meta.dirname, '../../../xtask/src/bundle/reload.js');

const town = city('no-gpu');

town.promise('a page in development is loaded anew for a changed city, and only for that', async (scene) => {
  const prepare = ({ context }) => context.addInitScript({ path: RELOAD });
  const mina = await scene.visitor('Mina', { prepare });
  mina.tolerate(/WebSocket connection to/);
  mina.tolerate(/ERR_CONNECTION_(REFUSED|RESET)/);
  const first = await cityOf(mina);
  await mina.page.evaluate(() => {
    window.sameInstance = true;
  });

  await scene.relay.kill();
  await scene.relay.start();
  await looksTwice(mina);
  assert.equal(await isSameInstance(mina), true, 'nothing has changed');

  const changed = await mkdtemp(path.join(tmpdir(), 'city-'));
  scene.t.after(() => rm(changed, { recursive: true }));
  await cp(scene.relay.city, changed, { recursive: true });
  const manifest = path.join(changed, 'manifest.json');
  const { attribution, ...others } = JSON.parse(await readFile(manifest, 'utf8'));
  await writeFile(manifest, JSON.stringify({ ...others, attribution: `${attribution}, changed` }));
  await scene.relay.kill();
  scene.relay.city = changed;
  await scene.relay.start();

  await eventually('the page shows the other city', async () => (await cityOf(mina).catch(() => first)) !== first);
  assert.equal(await isSameInstance(mina), false);
});

// The city that the page was written for.
function cityOf(visitor) {
  return visitor.page.evaluate(() => JSON.parse(document.getElementById('boot').textContent).city);
}

function isSameInstance(visitor) {
  return visitor.page.evaluate(() => window.sameInstance === true);
}

// The page has asked what is served, and again: what it made of the first answer is done by then.
async function looksTwice(visitor) {
  for (let times = 0; times < 2; times += 1) {
    await visitor.page.waitForResponse((answer) => answer.ok() && new URL(answer.url()).pathname === '/');
  }
}
