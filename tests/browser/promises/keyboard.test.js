// The keyboard alone is enough: from the address to a line in the chat.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { distance } from '../harness/visitor.js';

const town = city('no-gpu');

// More stops than any screen has: beyond that the focus goes in circles.
const MOST_STOPS = 40;

town.promise('Tab, Enter and letters lead from the address to the chat, and the focus is always seen', async (scene) => {
  const jun = await scene.guest('Jun');
  const mina = await scene.visitor('Mina');
  const { keyboard } = mina.page;

  await tabTo(mina, (focused) => focused.id === 'name');
  await keyboard.press('Control+A');
  await keyboard.type('Mina');
  await tabTo(mina, (focused) => focused.testId === 'enter');
  await keyboard.press('Enter');
  await mina.isIn();

  await tabTo(mina, (focused) => focused.testId === 'talk');
  await keyboard.press('Enter');
  await tabTo(mina, (focused) => focused.id === 'say');
  await keyboard.type('No mouse needed');
  await keyboard.press('Enter');
  await jun.hears('Mina', 'No mouse needed');

  await keyboard.press('Escape');
  await mina.page.getByTestId('panel-talk').waitFor({ state: 'detached' });
});

town.promise('arrow keys walk, and letters typed into the chat do not', async (scene) => {
  const mina = await scene.guest('Mina');
  await mina.walk(['ArrowUp'], 2);
  await mina.openPanel('talk');
  await mina.sayField.focus();
  const from = await mina.still();
  await mina.page.keyboard.type('wwwwwwwwdddddddd');
  assert.equal(await mina.sayField.inputValue(), 'wwwwwwwwdddddddd');
  assert.ok(distance(await mina.still(), from) < 0.01);
});

town.promise('a key that goes up while another is held is let go', async (scene) => {
  const mina = await scene.guest('Mina');
  const { keyboard } = mina.page;
  await keyboard.down('KeyW');
  await mina.until('walks', ({ me }) => me.motion === 'walk');
  await keyboard.down('Control');
  await keyboard.up('KeyW');
  await keyboard.up('Control');
  await mina.still();
});

town.promise('Escape takes back a syllable that is being written, and only then closes the chat', async (scene) => {
  const mina = await scene.guest('Mina');
  const panel = await mina.openPanel('talk');
  await mina.sayField.fill('안녀');
  const escape = (isComposing) =>
    mina.sayField.evaluate((field, isComposing) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { code: 'Escape', key: 'Escape', bubbles: true, isComposing }));
    }, isComposing);
  await escape(true);
  assert.equal(await mina.sayField.inputValue(), '안녀');
  await escape(false);
  await panel.waitFor({ state: 'detached' });
});

town.promise('one key says in words what is around', async (scene) => {
  const mina = await scene.guest('Mina');
  await mina.page.keyboard.press('KeyN');
  const told = mina.page.getByTestId('live').getByText(mina.text('spot-seoul-plaza'));
  await told.first().waitFor({ state: 'attached' });
});

// Presses Tab until the focus is there. Every stop on the way must show that it has the focus.
async function tabTo(visitor, isThere) {
  const stops = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await visitor.page.keyboard.press('Tab');
    const focused = await visitor.page.evaluate(describeFocus);
    stops.push(focused);
    if (focused.tag !== 'body') assert.ok(focused.seen, `the focus is not seen on ${JSON.stringify(focused)}`);
    if (isThere(focused)) return;
  }
  throw new Error(`Tab never gets there, only to ${JSON.stringify(stops)}`);
}

// In the page: what has the focus, and whether an outline, a border or a shadow shows it.
function describeFocus() {
  const element = document.activeElement;
  const styles = [element, element.closest('label')].filter(Boolean).map((shown) => getComputedStyle(shown));
  return {
    tag: element.localName,
    id: element.id,
    testId: element.dataset.testid,
    seen: styles.some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'),
  };
}
