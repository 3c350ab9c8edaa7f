// A look is chosen in pictures, by keys alone and by thumbs alone, and others see it.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { city } from '../harness/city.js';
import { figureOf } from '../harness/visitor.js';

const MAP = '/downtown/seoul-plaza?view=map';

// Places of a look's bytes (`shared::look`).
const OUTFIT = 3;
const AID = 7;
const HEAD = 9;

// What a child's finger hits.
const LEAST_PX = 44;

// More stops than the entry screen has.
const MOST_STOPS = 30;

describe('with a keyboard', () => {
  const town = city('no-gpu');

  town.promise('Tab and arrows choose clothes on the entry screen, and another visitor sees them', async (scene) => {
    const jun = await scene.guest('Jun', { path: MAP });
    const mina = await scene.visitor('Mina', { path: MAP });
    const { keyboard } = mina.page;
    const focused = (test) => mina.page.evaluate(`(${test})(document.activeElement)`);
    const tabTo = async (test) => {
      for (let stop = 0; stop < MOST_STOPS; stop += 1) {
        await keyboard.press('Tab');
        if (await focused(test)) return;
      }
      throw new Error('Tab never gets there');
    };

    await tabTo((element) => element.closest('.entry-look') !== null);
    await keyboard.press('Enter');
    await mina.page.getByTestId('looks').waitFor();
    await tabTo((element) => element.name === 'outfit');
    const before = await chosen(mina, 'outfit');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    const after = await chosen(mina, 'outfit');
    const count = await row(mina, 'outfit').count();
    assert.equal(after, (before + 2) % count);
    assert.ok(await focused((element) => element.name === 'outfit' && element.checked), 'the focus goes along');

    await mina.enter();
    const seen = await jun.until('sees Mina so', (state) => figureOf(state, 'Mina')?.look[OUTFIT] === after);
    assert.ok(seen);
  });

  town.promise('a surprise can be taken back', async (scene) => {
    const mina = await scene.visitor('Mina', { path: MAP });
    await mina.page.getByText(mina.text('entry-look'), { exact: true }).click();
    const undo = mina.page.getByRole('button', { name: mina.text('look-undo') });
    assert.ok(await undo.isDisabled(), 'nothing to take back yet');
    const look = async () => Promise.all(['outfit', 'hair', 'skin', 'upper'].map((name) => chosen(mina, name)));
    const before = await look();
    await mina.page.getByRole('radio', { name: mina.text('aid-white-cane') }).check();
    await mina.page.getByRole('button', { name: mina.text('look-surprise') }).click();
    await undo.click();
    assert.deepEqual(await look(), before);
    assert.equal(await chosen(mina, 'aid'), 3);
    await undo.click();
    assert.ok(await undo.isDisabled());
  });

  town.promise('every picture has a name of its own in every language', async (scene) => {
    for (const language of ['ko', 'en', 'ja', 'zh-Hans']) {
      const mina = await scene.visitor('Mina', { path: `${MAP}&lang=${language}`, language });
      await mina.page.getByText(mina.text('entry-look'), { exact: true }).click();
      const groups = await mina.page.getByTestId('looks').getByRole('group').evaluateAll((groups) =>
        groups.map((group) => [group.querySelector('legend').textContent, ...[...group.querySelectorAll('input')].map((input) => input.ariaLabel)]));
      assert.ok(groups.length > 12, `${groups.length} rows`);
      for (const names of groups) {
        assert.ok(names.every((name) => name && !/^[a-z]+-[a-z0-9-]+$/.test(name)), names.join(', '));
        assert.equal(new Set(names.slice(1)).size, names.length - 1, names.join(', '));
      }
      await mina.context.close();
    }
  });

  town.promise('a gesture by its key is seen, and told in words to those near', async (scene) => {
    const jun = await scene.guest('Jun', { path: MAP });
    const mina = await scene.guest('Mina', { path: MAP });
    await jun.sees('Mina');
    await jun.page.getByTestId('live').getByText('Mina').first().waitFor({ state: 'attached' });
    await mina.page.keyboard.press('Digit5');
    await jun.until('sees a heart', (state) => figureOf(state, 'Mina')?.motion === 'heart');
    await jun.page.getByTestId('live').getByText(jun.text('emote-heart')).first().waitFor({ state: 'attached' });
    await mina.until('stands again', ({ me }) => me.motion === 'stand');
  });
});

describe('on a phone', () => {
  const town = city('phone');

  town.promise('thumbs choose a hat and a wheelchair in the settings, and another visitor sees them', async (scene) => {
    const jun = await scene.guest('Jun', { path: MAP });
    const mina = await scene.guest('Mina', { path: MAP });
    const panel = await mina.openPanel('settings');
    await panel.getByText(mina.text('entry-look'), { exact: true }).tap();
    const small = await panel.locator('.look').evaluateAll((pictures, least) =>
      pictures.filter(({ offsetWidth, offsetHeight }) => Math.min(offsetWidth, offsetHeight) < least).length, LEAST_PX);
    assert.equal(small, 0, 'pictures are large enough');
    for (const name of ['head-gat', 'aid-wheelchair']) {
      const picture = panel.getByRole('radio', { name: mina.text(name) });
      await picture.tap();
      assert.ok(await picture.isChecked());
    }
    await panel.getByTestId('appear').tap();
    await jun.until('sees Mina so', (state) => {
      const look = figureOf(state, 'Mina')?.look;
      return look?.[HEAD] === 4 && look[AID] === 1;
    });
  });
});

function row(visitor, name) {
  return visitor.page.locator(`input[name="${name}"]`);
}

// Which picture of a row is chosen.
function chosen(visitor, name) {
  return row(visitor, name).evaluateAll((inputs) => inputs.findIndex((input) => input.checked));
}
