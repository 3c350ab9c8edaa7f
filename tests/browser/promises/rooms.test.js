// Doors lead into rooms: a visitor goes in and out, meets others inside, and the address, the map and the words follow.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

// Whoever comes out of a door stands around the spot before it.
const AT_THE_DOOR_M = 6;

const lobby = (visitor) => visitor.until('is in the lobby', ({ place, me }) => place === 'city-hall' && me.present);
const outdoors = (visitor) => visitor.until('is outdoors', ({ place, me }) => place === 'downtown' && me.present);

async function go(visitor, place) {
  const panel = await visitor.openPanel('around');
  const name = visitor.text('around-go-to', { name: visitor.text(`place-${place}`) });
  await panel.getByTestId('rooms-list').getByRole('button', { name }).click();
  await visitor.until(`is in ${place}`, (state) => state.place === place && state.me.present);
}

describe('on the map', () => {
  const town = city('no-gpu');

  town.promise('by keyboard alone one walks to the door, goes in, meets who followed a link, and comes out where one went in', async (scene) => {
    const jun = await scene.guest('Jun', { path: '/city-hall' });
    await lobby(jun);
    await jun.page.getByRole('heading', { name: jun.text('spot-lobby'), exact: true }).waitFor();

    const mina = await scene.guest('Mina', { path: '/downtown/city-hall-door' });
    const before = await mina.still();
    const door = mina.page.getByTestId('door');
    assert.ok(!(await door.isVisible()), 'nobody is asked who is not at the door');
    // Arrivals look away from it.
    await mina.page.keyboard.down('ArrowUp');
    await door.waitFor();
    await mina.page.keyboard.up('ArrowUp');
    assert.equal(await door.textContent(), mina.text('door-in', { place: mina.text('place-city-hall') }));
    const told = mina.page.getByTestId('live').getByText(await door.textContent());
    await told.first().waitFor({ state: 'attached' });
    await mina.still();
    assert.equal((await mina.state()).place, 'downtown', 'nothing happens without asking');

    await mina.page.keyboard.press('KeyF');
    await lobby(mina);
    await mina.page.waitForURL('**/city-hall/lobby');
    const seen = await mina.sees('Jun');
    assert.ok(distance(seen, (await jun.state()).me) < 1);
    await jun.sees('Mina');
    await jun.until('counts both', ({ people }) => people === 2);
    await mina.say('Inside now');
    await jun.hears('Mina', 'Inside now');
    await mina.page.keyboard.press('Escape');
    // The map shows the room's own plan.
    assert.ok((await mina.page.locator('.map-base .m-portal').count()) > 0);
    assert.equal(await mina.page.locator('.map-base .m-road').count(), 0);

    // Back to the door behind, and out by its button.
    await mina.page.keyboard.down('ArrowDown');
    await door.getByText(mina.text('door-out')).waitFor();
    await mina.page.keyboard.up('ArrowDown');
    assert.equal(await door.textContent(), mina.text('door-out'));
    await door.focus();
    await mina.page.keyboard.press('Enter');
    await outdoors(mina);
    const after = await mina.still();
    assert.equal(after.id, before.id);
    assert.ok(distance(after, before) < AT_THE_DOOR_M, `at ${after.x}, ${after.z}`);
    await jun.until('is alone again', (state) => state.people === 1 && !figureOf(state, 'Mina'));
  });

  town.promise('every room is in the list, Back leads back, and a reload stays where one is', async (scene) => {
    const mina = await scene.guest('Mina');
    for (const place of ['city-hall', 'mayors-office', 'gallery']) await go(mina, place);
    await mina.page.waitForURL('**/gallery/gallery');
    await mina.page.goBack();
    await mina.until('is back in the office', ({ place }) => place === 'mayors-office');
    await mina.page.waitForURL('**/mayors-office/mayors-office');
    await mina.page.goBack();
    await lobby(mina);
    await mina.page.goForward();
    await mina.until('is in the office again', ({ place }) => place === 'mayors-office');
    const { me } = await mina.state();
    await mina.page.reload();
    await mina.enterButton.waitFor();
    await mina.enter();
    const again = await mina.until('is in the office still', ({ place }) => place === 'mayors-office');
    assert.equal(again.me.id, me.id);
  });

  town.promise('Back and Forward lead where they should, in whatever haste', async (scene) => {
    const mina = await scene.guest('Mina');
    for (const place of ['city-hall', 'mayors-office', 'gallery']) await go(mina, place);
    const entries = await mina.page.evaluate(async () => {
      for (const step of [-1, -1, 1, -1, 1, 1, -1, 1, -1, -1, 1, -1, -1, 1]) {
        const led = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
        history.go(step);
        await led;
      }
      return history.length;
    });
    await mina.page.waitForURL('**/city-hall/**');
    await mina.until('is in the lobby', ({ place, me }) => place === 'city-hall' && me.present);
    await mina.page.goForward();
    await mina.until('is in the office', ({ place }) => place === 'mayors-office');
    await mina.page.goForward();
    await mina.until('is in the gallery', ({ place }) => place === 'gallery');
    assert.equal(await mina.page.evaluate(() => history.length), entries, 'and nothing was added');
  });

  town.promise('what a picture shows can be read, and heard', async (scene) => {
    const mina = await scene.guest('Mina', { path: '/gallery/inwangsan-after-rain' });
    const about = mina.text('spot-inwangsan-after-rain-about');
    const panel = await mina.openPanel('around');
    await panel.getByText(about).first().waitFor();
    await panel.getByTestId('describe').click();
    await mina.page.getByTestId('live').getByText(about).first().waitFor({ state: 'attached' });
  });
});

describe('on the stage', () => {
  const town = city('webgpu');

  town.promise('the room is drawn where the street was, and the street again where the room was', async (scene) => {
    const mina = await scene.guest('Mina', { path: '/downtown/city-hall-door?hour=12' });
    await mina.showsStage();
    const goes = async (where) => {
      const { drawn, lives } = await mina.state();
      await mina.page.keyboard.press('KeyF');
      await where(mina);
      const state = await mina.until('goes on drawing', (now) => now.drawn > drawn + 5, { within: 90_000 });
      assert.deepEqual([state.view, state.lives], ['stage', lives], 'by the same engine');
    };
    const door = mina.page.getByTestId('door');
    // Outdoors one looks away from the door, and in the lobby, too.
    await mina.page.keyboard.down('KeyS');
    await door.waitFor({ timeout: 60_000 });
    await mina.page.keyboard.up('KeyS');
    await goes(lobby);
    await mina.page.keyboard.down('KeyS');
    await door.waitFor({ timeout: 60_000 });
    await mina.page.keyboard.up('KeyS');
    await goes(outdoors);
  });
});
