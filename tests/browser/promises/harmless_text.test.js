// Whatever people type is text to everyone else: it runs nothing, hides nothing, reorders nothing, floods nothing.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('no-gpu');

const OVERRIDE = '\u202e';
const MARKUP = '<img src=x onerror="window.hurt=1"><b>bold</b>';

// As cut by the relay: `shared::text::NAME_CHARS`.
const NAME_CHARACTERS = 24;

town.promise('a name of 10,000 emoji is cut, and nobody is thrown out for it', async (scene) => {
  const jun = await scene.guest('Jun');
  const fox = await scene.visitor('fox');
  // Who wants to do harm does not heed the field's limit.
  await fox.nameField.evaluate((field) => field.removeAttribute('maxlength'));
  await fox.enter('🦊'.repeat(10_000));
  const seen = await jun.until('sees the fox', (state) => state.figures.find((figure) => figure.name.startsWith('🦊')));
  const { name } = seen.figures.find((figure) => figure.name.startsWith('🦊'));
  assert.equal(Array.from(name).length, NAME_CHARACTERS);
  await jun.openPanel('around');
  const width = await jun.page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, jun.page.viewportSize().width, 'and nothing is pushed off the screen');
});

town.promise('markup in a name and in a line is shown as it was typed', async (scene) => {
  const jun = await scene.guest('Jun');
  const eve = await scene.guest('<b>Eve</b>');
  await eve.say(MARKUP);
  await jun.hears('<b>Eve</b>', MARKUP);
  for (const visitor of [jun, eve]) {
    assert.equal(await visitor.page.evaluate(() => window.hurt), undefined);
    assert.equal(await visitor.page.locator('img, b').count(), 0);
  }
});

town.promise('overrides of direction and control characters are gone from names and lines', async (scene) => {
  const jun = await scene.guest('Jun');
  const eve = await scene.guest(`${OVERRIDE}evil\u0007\u2066x`);
  assert.equal((await eve.state()).me.name, 'evilx');
  await eve.say(`a${OVERRIDE}b\u0000c\u200bd\u2067e`);
  await jun.hears('evilx', 'abcde');
  const page = await jun.page.evaluate(() => document.body.innerText);
  assert.doesNotMatch(page, /[\u202a-\u202e\u2066-\u2069\u0007]/);
});

town.promise('a name of nothing that can be seen is replaced by one that can', async (scene) => {
  const jun = await scene.guest('Jun');
  const ghost = await scene.guest('\u200b\u3164 ');
  const { me } = await ghost.state();
  assert.match(me.name, /\p{L}/u);
  await jun.sees(me.name);
});
