// Vehicles come by their timetable: one gets on, rides with others, hears where one is, and gets off at the next stop.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { HAMLET, city } from '../harness/city.js';
import { distance, figureOf } from '../harness/visitor.js';

// Longer than it takes until the next bus has come, and longer than it takes to the next stop.
const A_WHILE = { within: 60_000 };

const SQUARE = '/hamlet/square';

const rides = (visitor) => visitor.until('sits in the bus', ({ me }) => me.ride !== null);
const walks = (visitor) => visitor.until('has got off', ({ me }) => me.ride === null, A_WHILE);

describe('on the map', () => {
  const town = city('no-gpu', { pack: HAMLET });

  town.promise('two get on by keyboard and by hand, see each other ride, and get off where they wish to', async (scene) => {
    const mina = await scene.guest('Mina', { path: SQUARE });
    const jun = await scene.guest('Jun', { path: SQUARE });
    const [hers, his] = [mina, jun].map((visitor) => visitor.page.getByTestId('ride'));
    const shuttle = mina.text('part-shuttle');

    await mina.page.getByTestId('ride').waitFor({ timeout: A_WHILE.within });
    const told = mina.text('narrate-board', { line: shuttle });
    assert.equal(await mina.page.getByTestId('ride-told').textContent(), told);
    await mina.page.getByTestId('live').getByText(told).first().waitFor({ state: 'attached' });
    await mina.page.keyboard.press('KeyF');
    await his.click();
    await Promise.all([rides(mina), rides(jun)]);
    const seats = await Promise.all([mina, jun].map(async (visitor) => (await visitor.state()).me.ride));
    assert.equal(`${seats[0][0]},${seats[0][1]}`, `${seats[1][0]},${seats[1][1]}`, 'in one bus');
    assert.notEqual(seats[0][2], seats[1][2], 'on two seats');
    assert.equal(await hers.evaluate((button) => button === document.activeElement), true, 'the focus is where one gets off');

    // Under way: keys do not walk out of it, and each sits by the other.
    const before = (await mina.state()).me;
    await mina.page.keyboard.down('ArrowUp');
    await mina.until('is under way', ({ me }) => distance(me, before) > 20, A_WHILE);
    await mina.page.keyboard.up('ArrowUp');
    await mina.until('Jun rides beside her', (state) => {
      const figure = figureOf(state, 'Jun');
      return figure?.motion === 'ride' && distance(figure, state.me) < 6;
    });
    await jun.until('so does she', (state) => figureOf(state, 'Mina')?.motion === 'ride');
    const next = ['spot-square', 'spot-pond'].map((spot) => mina.text('narrate-next-stop', { spot: mina.text(spot) }));
    assert.ok(next.includes(await mina.page.getByTestId('ride-told').textContent()));
    assert.ok((await mina.page.locator('.map-vehicle').count()) > 0, 'the map shows it');

    // Off at the next stop, where the guide speaks, and on foot again.
    await mina.page.keyboard.press('KeyF');
    await hers.getByText(mina.text('ride-off-soon')).waitFor();
    await walks(mina);
    assert.notEqual((await jun.state()).me.ride, null, 'whoever did not ask stays');
    // Along the bus, which is in the way on one side.
    const stood = await mina.still();
    await mina.page.keyboard.down('ArrowRight');
    await mina.until('walks again', ({ me }) => distance(me, stood) > 1);
    await mina.page.keyboard.up('ArrowRight');

    // By hand as well.
    await his.click();
    await walks(jun);
  });
});

describe('in the easy mode', () => {
  const town = city('no-gpu', { pack: HAMLET });

  town.promise('what can be boarded is above the one question, not under it', async (scene) => {
    const open = ({ page, relay }) => (path) => page.goto(relay.url + path);
    const prepare = (visitor) => Object.assign(visitor, { open: open(visitor) });
    const mina = await scene.visitor('Mina', { path: `${SQUARE}?easy`, prepare, viewport: { width: 390, height: 844 } });
    await mina.page.getByTestId('enter').click();
    await mina.isIn();
    // A click finds whether something else lies over it.
    await mina.page.getByTestId('ride').click({ timeout: A_WHILE.within });
    await rides(mina);
    await mina.page.locator('#easy-title').click();
  });
});

describe('on the stage', () => {
  const town = city('webgl2', { pack: HAMLET });

  town.promise('who rides sees the city go by from the seat', async (scene) => {
    const mina = await scene.guest('Mina', { path: SQUARE });
    await mina.showsStage();
    await mina.page.getByTestId('ride').click({ timeout: A_WHILE.within });
    await rides(mina);
    const { me: before, drawn } = await mina.state();
    await mina.until('is drawn under way', (state) => distance(state.me, before) > 15 && state.drawn > drawn, A_WHILE);
    // Seen from behind and above: in the lower half of the picture, however fast it goes.
    const { figures } = await mina.state();
    const [, y] = figures.find((figure) => figure.whose === 'mine').screen;
    const { height } = mina.page.viewportSize();
    assert.ok(y > height * 0.4 && y < height, `at ${y} of ${height}`);
  });
});
