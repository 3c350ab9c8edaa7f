// A site has a past: a slider leads through its years, and whoever moves it stays where they stand.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { BACKENDS } from '../harness/chromium.js';
import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

const SITE = '/donuimun/donuimun-site';

const isIn = (visitor, where) => visitor.until(`is in ${where}`, ({ place, me }) => place === where && me.present);

describe('on the map', () => {
  const town = city('no-gpu');

  town.promise('one goes to 1900 and back by keyboard, on the same spot, and meets who is in that year', async (scene) => {
    const jun = await scene.guest('Jun', { path: '/donuimun-1900/before-donuimun' });
    const mina = await scene.guest('Mina', { path: SITE });
    const stood = await mina.still();
    const slider = mina.page.getByRole('slider', { name: mina.text('year-label') });
    assert.equal(await slider.getAttribute('aria-valuetext'), mina.text('year-now'));
    assert.ok(!figureOf(await mina.state(), 'Jun'), 'he is in another year');

    await slider.focus();
    await mina.page.keyboard.press('ArrowLeft');
    await isIn(mina, 'donuimun-1900');
    const then = await mina.still();
    assert.ok(distance(then, stood) < 0.05, `moved to ${then.x}, ${then.z}`);
    assert.equal(await slider.getAttribute('aria-valuetext'), mina.text('year-past', { year: '1900' }));
    assert.ok(await slider.evaluate((input) => input === document.activeElement), 'the focus is where it was');
    await mina.page.waitForURL('**/donuimun-1900/before-donuimun');
    await mina.sees('Jun');
    await jun.sees('Mina');
    const panel = await mina.openPanel('around');
    await panel.getByTestId('places-list').getByText(mina.text('part-donuimun-gate'), { exact: true }).waitFor();
    await mina.page.keyboard.press('Escape');

    await slider.focus();
    await mina.page.keyboard.press('ArrowRight');
    await isIn(mina, 'donuimun');
    assert.ok(distance(await mina.still(), stood) < 0.05);
    await jun.until('is alone in 1900', (state) => !figureOf(state, 'Mina'));
  });

  town.promise('in the middle of a place, only the ground that is shown in another year has a slider', async (scene) => {
    const mina = await scene.guest('Mina', { path: '/downtown/fountain' });
    const slider = mina.page.getByRole('slider', { name: mina.text('year-label') });
    assert.equal(await slider.count(), 0, 'the plaza was not drawn as it was');
    const panel = await mina.openPanel('around');
    const name = mina.text('around-walk-to', { name: mina.text('spot-hwangudan') });
    await panel.getByRole('button', { name, exact: true }).click();
    await slider.waitFor();
    const live = mina.page.getByTestId('live');
    await live.getByText(mina.text('narrate-years')).waitFor({ state: 'attached' });
    await mina.page.keyboard.press('Escape');

    const stood = await mina.still();
    await slider.focus();
    await mina.page.keyboard.press('ArrowLeft');
    await isIn(mina, 'hwangudan-1900');
    assert.ok(distance(await mina.still(), stood) < 0.05);
    const then = await mina.openPanel('around');
    await then.getByTestId('places-list').getByText(mina.text('part-altar-of-heaven'), { exact: true }).waitFor();
  });

  town.promise('from the street beside the palace one comes up to the site on foot', async (scene) => {
    const mina = await scene.guest('Mina', { path: '/downtown/jeongdong' });
    const panel = await mina.openPanel('around');
    const name = mina.text('around-walk-to', { name: mina.text('part-jeongdong-door') });
    await panel.getByRole('button', { name, exact: true }).click();
    const door = mina.page.getByTestId('door');
    await door.waitFor();
    assert.equal(await door.textContent(), mina.text('door-in', { place: mina.text('place-donuimun') }));
    await mina.page.keyboard.press('Escape');
    await mina.page.keyboard.press('KeyF');
    await isIn(mina, 'donuimun');
    assert.ok(!(await mina.page.getByRole('slider', { name: mina.text('year-label') }).isHidden()));
  });
});

for (const backend of BACKENDS) {
  describe(`on ${backend}`, () => {
    const town = city(backend);

    town.promise('the gate stands before one where there was a street, and the eye stays where it was', async (scene) => {
      const mina = await scene.guest('Mina', { path: `${SITE}?hour=12` });
      await mina.showsStage();
      const before = await mina.state();
      const slider = mina.page.getByRole('slider', { name: mina.text('year-label') });
      await slider.fill('0');
      await isIn(mina, 'donuimun-1900');
      await mina.showsStage();
      const after = await mina.state();
      assert.ok(Math.abs(after.me.yaw - before.me.yaw) < 0.05, `${before.me.yaw} and ${after.me.yaw}`);
      await slider.fill('1');
      await isIn(mina, 'donuimun');
    });
  });
}
