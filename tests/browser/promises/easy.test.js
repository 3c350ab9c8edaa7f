// The easy mode: few choices to the plaza, nothing to type, and always a way back; and a helper who comes when called.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { city } from '../harness/city.js';
import { distance } from '../harness/visitor.js';

const town = city('no-gpu');

const PLAZA = '/downtown/seoul-plaza';

// Someone in the easy mode, who came in by one press of the one large button.
async function learner(scene, name, options = {}) {
  const prepare = (visitor) => Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
  const visitor = await scene.visitor(name, { path: `${PLAZA}?easy`, prepare, ...options });
  await visitor.page.getByTestId('easy-off').waitFor();
  await visitor.enterButton.click();
  await visitor.isIn();
  return visitor;
}

async function press(visitor, ...ids) {
  for (const id of ids) await visitor.page.getByTestId(id).click();
}

async function asked(visitor, key) {
  await visitor.page.getByTestId('easy-asks').getByText(visitor.text(key), { exact: true }).waitFor();
}

town.promise('two choices lead from the address to the plaza, and the mode is kept', async (scene) => {
  const mina = await scene.visitor('Mina');
  await press(mina, 'easy-on');
  await isClean(mina);
  await press(mina, 'enter');
  await mina.isIn();
  await asked(mina, 'easy-home');
  await isClean(mina);
  await mina.page.reload();
  await mina.page.getByTestId('easy-off').waitFor();
});

for (const language of ['ko', 'en', 'ja', 'zh-Hans']) {
  town.promise(`nothing is typed, and everything on every sheet can be read in the largest text (${language})`, async (scene) => {
    const mina = await learner(scene, 'Mina', { language, path: `${PLAZA}?easy&lang=${language}`, viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    for (const sheet of ['easy-to-walk', 'easy-to-go', 'easy-to-say', 'easy-to-around', 'easy-to-practice']) {
      await press(mina, sheet);
      assert.equal(await mina.page.locator('input, textarea, select').count(), 0);
      assert.doesNotMatch(await mina.page.getByTestId('easy').innerText(), /(easy|phrase|topic)-/, 'every text is there');
      await isClean(mina);
      const spill = await mina.page.evaluate(() => [...document.querySelectorAll('.easy *')].filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline' && !it.classList.contains('unseen')).map((it) => it.outerHTML));
      assert.deepEqual(spill, []);
      await press(mina, 'easy-undo');
      await asked(mina, 'easy-home');
    }
  });
}

town.promise('an arrow walks a few steps, and back undoes them', async (scene) => {
  const mina = await learner(scene, 'Mina');
  const from = await mina.still();
  await press(mina, 'easy-to-walk', 'easy-up');
  await mina.until('walks', ({ me }) => distance(me, from) > 1);
  await mina.still();
  await press(mina, 'easy-undo');
  await mina.until('is back', ({ me }) => distance(me, from) < 0.3);
  await press(mina, 'easy-undo');
  await asked(mina, 'easy-home');
});

town.promise('a place is chosen, and one is taken there', async (scene) => {
  const mina = await learner(scene, 'Mina');
  const from = await mina.still();
  await press(mina, 'easy-to-go');
  await mina.page.getByTestId('easy').locator('[data-testid^="easy-go-"]').last().click();
  await mina.until('is elsewhere', ({ me }) => distance(me, from) > 20, { within: 60_000 });
});

town.promise('the practice teaches walking, turning, talking and returning', async (scene) => {
  const jun = await scene.guest('Jun');
  const mina = await learner(scene, 'Mina', { language: 'ko' });
  const from = await mina.still();
  await press(mina, 'easy-to-practice');
  await asked(mina, 'easy-lesson-walk');
  await press(mina, 'easy-up');
  await asked(mina, 'easy-lesson-turn');
  await mina.until('has walked', ({ me }) => distance(me, from) > 1);
  const { yaw } = (await mina.state()).me;
  await press(mina, 'easy-turn-right');
  await asked(mina, 'easy-lesson-say');
  assert.notEqual((await mina.state()).me.yaw, yaw);
  await press(mina, 'phrase-hello');
  await asked(mina, 'easy-lesson-return');
  await jun.hears((await mina.state()).me.name, jun.text('phrase-hello'));
  await press(mina, 'easy-return');
  await asked(mina, 'easy-lesson-done');
  await mina.until('is back', ({ me }) => distance(me, from) < 0.3);
  assert.equal(await mina.page.getByTestId('lessons').locator('.is-done').count(), 4);
  await press(mina, 'easy-finish');
  await asked(mina, 'easy-home');
});

town.promise('phrases are chosen by topic, and read in the language of whoever reads them', async (scene) => {
  const jun = await scene.guest('Jun', { language: 'ja' });
  const mina = await learner(scene, 'Mina', { language: 'ko' });
  await press(mina, 'easy-to-say', 'topic-food', 'phrase-vegetarian');
  await jun.hears((await mina.state()).me.name, jun.text('phrase-vegetarian'));
  await press(mina, 'easy-undo');
  await mina.page.getByTestId('topic-urgent').waitFor();
  const pictures = await mina.page.evaluate(async () => {
    const sheet = await (await fetch('/pictures.svg')).text();
    return [...document.querySelectorAll('.picture use')].map((it) => sheet.includes(`id="${it.getAttribute('href').split('#')[1]}"`));
  });
  assert.ok(pictures.length > 8 && pictures.every(Boolean));
});

town.promise('a call reaches a helper, who comes, and the caller is told', async (scene) => {
  const mina = await learner(scene, 'Mina', { language: 'ko' });
  await press(mina, 'easy-help');
  await mina.page.getByTestId('notice').getByText('지금은 도우미가 없어요', { exact: false }).waitFor();
  const { me } = await mina.state();

  // One who comes later hears of it all the same.
  const link = await scene.relay.invite('helper', 'downtown');
  const [path, invitation] = link.split('#');
  const hana = await scene.guest('Hana', { path: `${path.replace(/\/$/, '')}/downtown/gwanghwamun#${invitation}`.replace('/downtown/downtown', '/downtown') });
  const call = hana.page.getByTestId('help-call');
  await call.getByText(callOf(hana, me.name, 'downtown'), { exact: true }).waitFor();
  await isClean(hana);
  assert.ok(distance((await hana.state()).me, me) > 50, 'far away');
  await call.getByRole('button', { name: hana.text('help-go-to', { name: me.name }) }).click();
  await hana.until('stands beside', (state) => distance(state.me, me) < 3);
  await mina.page.getByTestId('notice').getByText(mina.text('notice-help-comes', { name: 'Hana' })).waitFor();
  await call.waitFor({ state: 'detached' });
});

town.promise('a call is taken back, and ends when whoever called leaves', async (scene) => {
  const hana = await scene.guest('Hana', { path: await scene.relay.invite('helper', 'downtown') });
  const mina = await scene.guest('Mina');
  const jun = await scene.guest('Jun');
  const calls = hana.page.getByTestId('help-call');
  for (const caller of [mina, jun]) {
    const help = await caller.openPanel('help');
    await help.getByTestId('call-helper').click();
    await calls.getByText(callOf(hana, caller.name, 'downtown'), { exact: true }).waitFor();
  }
  assert.equal(await mina.page.getByTestId('help-call').count(), 0, 'only helpers hear it');
  // A page that is loaded anew knows that its visitor has called.
  await mina.page.reload();
  await mina.enter();
  await (await mina.openPanel('help')).getByTestId('call-helper').and(mina.page.getByRole('button', { name: mina.text('help-stop') })).click();
  await calls.getByText(callOf(hana, 'Mina', 'downtown'), { exact: true }).waitFor({ state: 'detached' });
  await jun.context.close();
  await calls.getByText(callOf(hana, 'Jun', 'downtown'), { exact: true }).waitFor({ state: 'detached', timeout: 30_000 });
});

town.promise('a call from another place says where, and one press leads there', async (scene) => {
  const hana = await scene.guest('Hana', { path: await scene.relay.invite('helper', 'downtown'), language: 'ja' });
  const mina = await learner(scene, 'Mina', { path: '/city-hall?easy' });
  await press(mina, 'easy-help');
  await mina.page.getByTestId('notice').getByText(mina.text('notice-help-told[one]'), { exact: true }).waitFor();
  const { me } = await mina.state();
  const call = hana.page.getByTestId('help-call');
  await call.getByText(callOf(hana, me.name, 'city-hall'), { exact: true }).waitFor();
  await hana.page.getByTestId('live').getByText(callOf(hana, me.name, 'city-hall'), { exact: true }).waitFor({ state: 'attached' });
  await isClean(hana);

  await call.getByRole('button', { name: hana.text('help-go-to', { name: me.name }) }).click();
  await hana.until('stands beside', (state) => state.place === 'city-hall' && state.me.present && distance(state.me, me) < 3);
  await hana.page.waitForURL('**/city-hall/**');
  await mina.page.getByTestId('notice').getByText(mina.text('notice-help-comes', { name: 'Hana' })).waitFor();
  await mina.sees('Hana');
  await call.waitFor({ state: 'detached' });

  // She is a helper there, too; and whoever calls and goes on elsewhere still calls there.
  const jun = await scene.guest('Jun');
  await (await jun.openPanel('help')).getByTestId('call-helper').click();
  await call.getByText(callOf(hana, 'Jun', 'downtown'), { exact: true }).waitFor();
  const rooms = (await jun.openPanel('around')).getByTestId('rooms-list');
  await rooms.getByRole('button', { name: jun.text('around-go-to', { name: jun.text('place-gallery') }) }).click();
  await call.getByText(callOf(hana, 'Jun', 'gallery'), { exact: true }).waitFor();
  await (await jun.openPanel('help')).getByRole('button', { name: jun.text('help-stop') }).waitFor();
  assert.equal(await call.count(), 1);
});

// What a helper reads of someone's call.
function callOf(helper, name, place) {
  return helper.text('help-called', { name, place: helper.text(`place-${place}`) });
}

async function isClean(visitor) {
  await visitor.page.evaluate(axe.source);
  const found = await visitor.page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join(' ')}`);
  });
  assert.deepEqual(found, []);
}
