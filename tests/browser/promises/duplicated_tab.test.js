// One session in two tabs: the newer goes on, and the older is told, without a fight between them.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { Visitor } from '../harness/visitor.js';

const town = city('no-gpu');

town.promise('the older of two tabs with one session is told, and stays told', async (scene) => {
  const jun = await scene.guest('Jun');
  const mina = await scene.guest('Mina');
  const { me } = await mina.state();

  // A page that opens another hands its session storage on, as duplicating a tab does.
  const opened = mina.context.waitForEvent('page');
  await mina.page.evaluate(() => {
    window.open(location.href);
  });
  const newer = new Visitor(await opened, mina.context, scene.relay, { language: 'en', name: 'Mina' });
  scene.visitors.push(newer);
  await newer.enterButton.waitFor();
  await newer.enter();
  assert.equal((await newer.state()).me.id, me.id);

  await mina.until('is told', (state) => state.connection === 'close-superseded');
  const words = await mina.page.getByTestId('connection').innerText();
  assert.equal(words.trim(), mina.text('close-superseded'));

  await newer.say('this tab it is');
  await jun.hears('Mina', 'this tab it is');
  assert.equal((await mina.state()).connection, 'close-superseded');
  const minas = (await jun.state()).figures.filter((figure) => figure.name === 'Mina');
  assert.equal(minas.length, 1, 'one visitor is one figure');
});
