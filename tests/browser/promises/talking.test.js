// What is said arrives with those it is meant for, in their language where that is possible.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';

const town = city('no-gpu');

const FAR = '/downtown/daehanmun';

town.promise('a line said to those near is read by them, with the name of the speaker', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  await mina.say('Shall we walk to the fountain?');
  await jun.hears('Mina', 'Shall we walk to the fountain?');
  await mina.hears('Mina', 'Shall we walk to the fountain?');
});

town.promise('a line to the whole place is read far away, and one to those near is not', async (scene) => {
  const mina = await scene.guest('Mina');
  const sora = await scene.guest('Sora', { path: FAR });
  await mina.say('only for those beside me');
  await mina.hears('Mina', 'only for those beside me');
  await mina.say('for everyone downtown', 'place');
  await sora.hears('Mina', 'for everyone downtown');
  const panel = await sora.openPanel('talk');
  assert.equal(await panel.getByText('only for those beside me').count(), 0);
});

town.promise('whom a line is for stays as it was chosen, whatever is said meanwhile', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  const panel = await mina.openPanel('talk');
  const place = panel.getByRole('radio', { name: mina.text('reach-place') });
  await place.check();
  await jun.say('Good morning');
  await mina.hears('Jun', 'Good morning');
  assert.ok(await place.isChecked());
});

town.promise('a phrase is read in the language of whoever reads it', async (scene) => {
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en' });
  const panel = await mina.openPanel('gestures');
  await panel.getByRole('button', { name: mina.text('topic-greet'), exact: true }).click();
  await panel.getByRole('button', { name: mina.text('phrase-hello'), exact: true }).click();
  assert.notEqual(mina.text('phrase-hello'), ben.text('phrase-hello'));
  await ben.hears('미나', ben.text('phrase-hello'));
  await mina.hears('미나', mina.text('phrase-hello'));
});

town.promise('a screen reader is told what is said', async (scene) => {
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  await mina.say('Good evening');
  await jun.page.getByTestId('live').getByText('Good evening').waitFor({ state: 'attached' });
});
