// What a relay serves is small, and kept by browsers for as long as it stays what it is.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('no-gpu');

const YEAR = /max-age=31536000.*immutable/;

town.promise('the bundle comes as small as the browser can take it, and is kept for a year', async (scene) => {
  const page = await (await fetch(`${scene.relay.url}/`)).text();
  const [module] = page.match(/\/shell-[0-9a-f]+_bg\.wasm/);
  for (const [accepted, expected] of [
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ]) {
    const answer = await fetch(scene.relay.url + module, { headers: { 'accept-encoding': accepted } });
    assert.equal(answer.headers.get('content-encoding'), expected);
    assert.match(answer.headers.get('cache-control'), YEAR);
    assert.equal(new Uint8Array(await answer.arrayBuffer())[1], 'a'.charCodeAt(0), 'it is the module itself');
  }
});

town.promise('the page itself is never kept, and may load nothing from elsewhere', async (scene) => {
  const answer = await fetch(`${scene.relay.url}/downtown/seoul-plaza`);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const policy = answer.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'|default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe-inline|https?:\/\/(?!127)/);
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
});
