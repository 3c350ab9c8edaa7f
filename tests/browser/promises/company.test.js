// Walking along with someone, and telling people of one name apart.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';
import { distance, figureOf } from '../harness/visitor.js';

const town = city('no-gpu');

const PLAZA = { path: '/downtown/seoul-plaza' };

town.promise('whoever walks along with someone goes where they go, until they stop', async (scene) => {
  const mina = await scene.guest('Mina', PLAZA);
  const jun = await scene.guest('Jun', PLAZA);
  await jun.sees('Mina');
  const around = await jun.openPanel('around');
  await around.getByRole('button', { name: jun.text('person-more-about', { name: 'Mina' }), exact: true }).click();
  await around.getByRole('button', { name: jun.text('person-follow'), exact: true }).click();
  const card = jun.page.getByTestId('company');
  await card.getByText(jun.text('narrate-with', { name: 'Mina' })).waitFor();

  await mina.walk(['KeyS'], 12);
  const beside = ({ me, ...state }) => distance(me, figureOf(state, 'Mina')) < 2.5;
  await jun.until('stands beside Mina again', beside);

  await jun.page.getByTestId('stop').click();
  await card.waitFor({ state: 'detached' });
  const stood = await jun.still();
  await mina.walk(['KeyS'], 4);
  assert.ok(distance((await jun.state()).me, stood) < 0.01, 'Jun has stayed');
});

town.promise('walking along ends with a key, and when the other has left', async (scene) => {
  const dae = await scene.guest('Dae', PLAZA);
  const hana = await scene.guest('Hana', PLAZA);
  await hana.sees('Dae');
  const follow = async () => {
    const around = await hana.openPanel('around');
    const more = around.getByRole('button', { name: hana.text('person-more-about', { name: 'Dae' }), exact: true });
    if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
    await around.getByRole('button', { name: hana.text('person-follow'), exact: true }).click();
    await hana.page.getByTestId('company').waitFor();
  };
  await follow();
  await hana.walk(['KeyW'], 1);
  await hana.page.getByTestId('company').waitFor({ state: 'detached' });

  await follow();
  await dae.page.close();
  await hana.page.getByTestId('company').waitFor({ state: 'detached' });
});

town.promise('of two people with one name each can be chosen', async (scene) => {
  const jun = await scene.guest('Jun', PLAZA);
  await scene.guest('Ann', PLAZA);
  await scene.guest('Ann', PLAZA);
  const around = await jun.openPanel('around');
  for (const name of ['Ann', 'Ann (2)']) {
    const walk = around.getByRole('button', { name: jun.text('around-walk-to', { name }), exact: true });
    await eventually(`${name} is in the list once`, async () => (await walk.count()) === 1);
  }
});
