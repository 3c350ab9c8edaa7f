// One visit, three ways: by the accessibility tree alone, by thumbs alone, by the keyboard alone. Each arrives by a friend's
// link, chooses a language, finds the friend, walks to the spot, says a phrase, blocks someone, calls for help, and leaves.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { city } from '../harness/city.js';
import { Keys, Reader, Thumbs } from '../harness/hands.js';
import { text } from '../harness/texts.js';
import { distance, figureOf } from '../harness/visitor.js';

const GATE = '/downtown/sungnyemun';

// A friend who is walked to is not walked into.
const BESIDE_M = 4;

// The others sit before screens of their own.
const ELSEWHERE = { path: `${GATE}?view=map`, viewport: { width: 640, height: 480 }, deviceScaleFactor: 1, isMobile: false, hasTouch: false };

const OPEN = { prepare: (visitor) => Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) }) };

describe('without a GPU', () => {
  const town = city('no-gpu');
  town.promise('who is read the page can do all of it', (scene) => journey(scene, Reader, 'ko'));
  town.promise('who has nothing but keys can do all of it', (scene) => journey(scene, Keys, 'zh-Hans'));
});

describe('on a phone', () => {
  const town = city('phone');
  town.promise('who has nothing but thumbs can do all of it', (scene) => journey(scene, Thumbs, 'ja'));
});

async function journey(scene, Hands, language) {
  const say = (key, values) => text(language, key, values);
  const jun = await scene.guest('Jun', ELSEWHERE);
  const eve = await scene.guest('Eve', ELSEWHERE);

  // Arrives by the friend's link, and chooses a language.
  const mina = await scene.visitor('Mina', { path: `${await linkOf(jun)}&view=map`, ...OPEN });
  const hands = new Hands(mina.page);
  await hands.press('button', text(language, 'language-name'));
  mina.language = language;
  await hands.write('textbox', say('name-label'), 'Mina');
  await hands.press('button', say('entry-enter'));
  await mina.isIn();
  await jun.sees('Mina');

  // Finds the friend, goes there, and the last metres to the spot.
  await hands.press('button', say('dock-around'));
  await hands.press('button', say('around-walk-to', { name: 'Jun' }));
  await mina.until('is beside Jun', (state) => distance(state.me, figureOf(state, 'Jun')) < BESIDE_M, { within: 60_000 });
  await hands.press('button', say('around-walk-to', { name: say('spot-sungnyemun') }));
  await hands.hears(say('narrate-reached'));

  // Says a phrase, which the friend reads in his own language.
  await hands.press('button', say('dock-gestures'));
  await hands.press('button', say('topic-greet'));
  await hands.press('button', say('phrase-nice-to-meet'));
  await jun.hears('Mina', jun.text('phrase-nice-to-meet'));

  // Blocks someone, and hears that person no more.
  await eve.say('noise', 'place');
  await hands.hears('noise');
  await hands.press('button', say('dock-around'));
  await hands.press('button', say('person-more-about', { name: 'Eve' }));
  await hands.press('button', say('person-block'));
  await hands.hears(say('notice-blocked'));
  await eve.say('clamour', 'place');
  await jun.hears('Eve', 'clamour');
  await jun.say('quiet now', 'place');
  await hands.hears('quiet now');
  assert.equal(await hands.said('clamour'), 0);

  // Calls for help, and is told what comes of it.
  await hands.press('button', say('dock-help'));
  await hands.press('button', say('help-call'));
  await hands.finds('button', say('help-stop'));
  await hands.hears(say('notice-help-told[0]'));

  // Leaves, by the browser's own means.
  await mina.page.goto(new URL('/rules', scene.relay.url).href);
  await jun.until('sees Mina leave', (state) => !figureOf(state, 'Mina'), { within: 60_000 });
}

// The way to where someone is, as the button gives it.
async function linkOf(visitor) {
  await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const panel = await visitor.openPanel('around');
  await panel.getByRole('button', { name: visitor.text('around-link'), exact: true }).click();
  await visitor.page.getByTestId('notice').getByText(visitor.text('notice-copied'), { exact: true }).waitFor();
  const link = new URL(await visitor.page.evaluate(() => navigator.clipboard.readText()));
  return link.pathname + link.search;
}
