// How much is told: each visitor chooses, and hears that much of what happens and of what is around.

import assert from 'node:assert/strict';

import { keepAnnouncements } from '../harness/access.js';
import { HAMLET, city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const town = city('no-gpu', { pack: HAMLET });

const LEVELS = ['little', 'usual', 'everything'];

// Until a vehicle has surely come to the stop.
const A_WHILE = { within: 60_000 };

// Three who stand on the square, and each have chosen how much they are told.
async function listeners(scene) {
  const all = {};
  for (const level of LEVELS) {
    const visitor = await scene.guest(level, { path: '/hamlet/square', prepare: keepAnnouncements });
    // Those of the visit before may still be leaving: who is near is told before what is.
    await visitor.until('is there with nobody else', ({ people }) => people === Object.keys(all).length + 1, { within: 60_000 });
    const settings = await visitor.openPanel('settings');
    const choice = settings.getByRole('group', { name: visitor.text('settings-telling'), exact: true });
    const choose = (one) => choice.getByRole('radio', { name: visitor.text(`telling-${one}`), exact: true }).check();
    await choose('little');
    // What came before they had chosen.
    await visitor.page.evaluate(() => (window.announced = []));
    await choose(level);
    all[level] = visitor;
  }
  return all;
}

function announced(visitor) {
  return visitor.page.evaluate(() => window.announced);
}

// Who of them was told so, once they have all been told what comes after it.
async function told(all, sentence) {
  const heard = await Promise.all(LEVELS.map(async (level) => (await announced(all[level])).includes(sentence)));
  return LEVELS.filter((_, index) => heard[index]);
}

async function allAreTold(all, sentence, levels = LEVELS, options = {}) {
  const isTold = (level) => eventually(`${level} is told: ${sentence}`, async () => (await announced(all[level])).some((one) => one.includes(sentence)), {
    tell: () => announced(all[level]),
    ...options,
  });
  await Promise.all(levels.map(isTold));
}

// A text with anything in the places of its values.
function pattern(words) {
  return new RegExp(words.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\{\}/g, '.+'));
}

town.promise('what is said near is told to all; who comes, what they do and what is said from afar, to those who want it', async (scene) => {
  const all = await listeners(scene);
  const jun = await scene.guest('Jun', { path: '/hamlet/square' });
  for (const level of LEVELS) await all[level].sees('Jun');
  await jun.openPanel('gestures');
  await jun.page.getByRole('button', { name: jun.text('emote-wave'), exact: true }).click();
  const wave = all.usual.text('narrate-does', { name: 'Jun', what: all.usual.text('emote-wave') });
  await allAreTold(all, wave, ['usual', 'everything']);
  await jun.say('to everyone', 'place');
  await jun.say('to those near', 'near');
  await allAreTold(all, 'Jun: to those near');
  const more = ['usual', 'everything'];
  assert.deepEqual(await told(all, wave), more);
  assert.deepEqual(await told(all, all.usual.text('narrate-near', { name: 'Jun' })), more);
  assert.deepEqual(await told(all, 'Jun: to everyone'), more);
});

town.promise('spots are told to those who want it, what one passes to those who want everything, and all know when they have arrived', async (scene) => {
  const all = await listeners(scene);
  const { everything } = all;
  const pond = everything.text('spot-pond');
  for (const level of LEVELS) {
    const around = await all[level].openPanel('around');
    await around.getByRole('button', { name: all[level].text('around-walk-to', { name: pond }), exact: true }).click();
  }
  await allAreTold(all, everything.text('narrate-reached'));
  const isThere = everything.text('narrate-here', { spot: pond });
  await allAreTold(all, isThere, ['usual', 'everything']);
  assert.deepEqual(await told(all, isThere), ['usual', 'everything']);
  await allAreTold(all, everything.text('part-pavilion'), ['everything']);

  const passes = pattern(everything.text('narrate-passes', { name: '{}', direction: '{}' }));
  const leads = pattern(everything.text('narrate-way', { direction: '{}', spot: everything.text('spot-square'), metres: '{}' }));
  for (const level of LEVELS) {
    const words = await announced(all[level]);
    const passed = words.filter((one) => passes.test(one));
    // Where exactly each of them stood before decides what else they come past.
    const names = ['part-pavilion', 'part-guardian', 'part-great-hall'].map((key) => everything.text(key));
    const times = names.map((name) => passed.filter((one) => one.startsWith(name)).length);
    assert.ok(times.every((count) => count <= 1), `${level}, each once: ${JSON.stringify(words)}`);
    assert.equal(times[0], level === 'everything' ? 1 : 0, `${level}: ${JSON.stringify(words)}`);
    assert.ok(level === 'everything' || passed.length === 0, `${level}: ${JSON.stringify(words)}`);
    assert.equal(words.some((one) => leads.test(one)), level === 'everything', `${level}: where one can go from there`);
  }
});

town.promise('a vehicle that stops is told of before one can get on, for those who want everything', async (scene) => {
  const all = await listeners(scene);
  const line = all.everything.text('part-shuttle');
  const stops = all.everything.text('narrate-stops', { line });
  await allAreTold(all, stops, ['everything'], A_WHILE);
  await allAreTold(all, all.everything.text('narrate-board', { line }), ['usual', 'everything'], A_WHILE);
  assert.deepEqual(await told(all, stops), ['everything']);
  assert.deepEqual(await told(all, all.everything.text('narrate-board', { line })), ['usual', 'everything']);
});

town.promise('asked what is around, as much is told, and where the ways lead; the choice is kept', async (scene) => {
  const all = await listeners(scene);
  await all.little.page.reload();
  await all.little.enterButton.waitFor();
  await all.little.enter();
  const narrations = {};
  for (const level of LEVELS) {
    const visitor = all[level];
    for (const other of LEVELS) if (other !== level) await visitor.sees(other);
    const around = await visitor.openPanel('around');
    await around.getByTestId('describe').click();
    await around.getByTestId('narration').getByText(visitor.text('spot-square')).waitFor();
    narrations[level] = await around.getByTestId('narration').innerText();
  }
  const { usual } = all;
  const leads = pattern(usual.text('narrate-way', { direction: '{}', spot: usual.text('spot-pond'), metres: '{}' }));
  const tells = (level) => [usual.text('spot-square-about'), usual.text('part-great-hall')].map((words) => narrations[level].includes(words)).concat(leads.test(narrations[level]));
  assert.deepEqual(tells('little'), [false, false, false], narrations.little);
  assert.deepEqual(tells('usual'), [true, true, true], narrations.usual);
  assert.deepEqual(tells('everything'), [true, true, true], narrations.everything);
  assert.ok(narrations.little.length < narrations.usual.length / 2, JSON.stringify(narrations));
});
