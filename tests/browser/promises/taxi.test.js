// Where one is, to be shown to a taxi driver: in the city's own language, large, whatever the visitor reads.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { city } from '../harness/city.js';
import { text } from '../harness/texts.js';

const town = city('no-gpu');

town.promise('a card tells a taxi driver in Korean where to go, and gives the focus back', async (scene) => {
  const yuki = await scene.guest('Yuki', { language: 'ja' });
  const panel = await yuki.openPanel('around');
  const opener = panel.getByRole('button', { name: yuki.text('taxi-open'), exact: true });
  await opener.focus();
  await yuki.page.keyboard.press('Enter');

  const card = yuki.page.getByRole('dialog', { name: yuki.text('taxi-title'), exact: true });
  await card.getByText('서울광장', { exact: true }).waitFor();
  await card.getByText(text('ko', 'taxi-please'), { exact: true }).waitFor();
  await card.getByText(/을지로 12/).waitFor();
  await card.getByText(/ソウル広場/).waitFor();
  const size = await card.getByText('서울광장', { exact: true }).evaluate((name) => parseFloat(getComputedStyle(name).fontSize));
  assert.ok(size >= 40, `${size} px`);
  await yuki.page.evaluate(axe.source);
  const { violations } = await yuki.page.evaluate(() => window.axe.run('dialog'));
  assert.deepEqual(violations.map(({ id }) => id), []);

  await yuki.page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((button) => button === document.activeElement), 'the focus is where it was');

  const jiho = await scene.guest('Jiho', { language: 'ko' });
  const around = await jiho.openPanel('around');
  await around.getByTestId('places-list').waitFor({ state: 'attached' });
  assert.equal(await around.getByTestId('show-taxi').count(), 0, 'who reads Korean needs none');
});
