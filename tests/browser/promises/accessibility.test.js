// Every screen, in every language, size, colour and size of text, two of these at a time: axe finds nothing to object to; whatever
// can be operated tells what it is; the focus is seen. And what axe does not look for is there as well.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { axeFinds, cutOff, hiddenFocus, keepAnnouncements, untold } from '../harness/access.js';
import { city } from '../harness/city.js';
import { inMode, MODES } from '../harness/modes.js';
import { pairwise } from '../harness/pairs.js';
import { blockWebSockets } from '../harness/stubborn_network.js';
import { VISITS } from '../harness/visits.js';

const PLAZA = '/downtown/seoul-plaza';

const LANGUAGES = ['ko', 'en'];

// The stage has a browser of its own below.
const FACTORS = { visit: Object.keys(VISITS).filter((visit) => visit !== 'stage'), ...MODES };

const COMBINATIONS = pairwise(FACTORS);

// What is asked of each screen.
const QUESTIONS = [axeFinds, untold, cutOff, hiddenFocus];

// Visits at a time: while one waits for its relay, the next one is looked at.
const LANES = 3;

// Colours are looked at when they have come to rest.
const CALM = { reducedMotion: 'reduce' };

test('each screen is looked at in each mode, and each mode with each other', () => {
  const names = Object.keys(FACTORS);
  for (const [one, other] of names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second]))) {
    for (const value of FACTORS[one]) {
      for (const beside of FACTORS[other]) {
        assert.ok(COMBINATIONS.some((row) => row[one] === value && row[other] === beside), `${one} ${value} with ${other} ${beside}`);
      }
    }
  }
});

describe('in every mode', () => {
  const town = city('no-gpu');

  // All of them take some minutes: two languages always, the others with `--full`.
  for (const language of process.env.FULL ? MODES.language : ['ko', 'ja']) {
    const modes = COMBINATIONS.filter((row) => row.language === language);
    town.promise(`axe finds nothing on any screen, all is told, and the focus is seen (${language}, ${modes.length} visits)`, async (scene) => {
      const waiting = [...modes];
      const wrong = [];
      const lane = async () => {
        for (let mode = waiting.shift(); mode; mode = waiting.shift()) wrong.push(...(await look(scene, mode)));
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      assert.deepEqual(wrong, []);
    });
  }
});

describe('as it happens', () => {
  const town = city('no-gpu');

  town.promise('what is said, told or reached is announced once', async (scene) => {
    const jun = await scene.guest('Jun');
    const mina = await scene.guest('Mina', { prepare: keepAnnouncements });
    await mina.sees('Jun');
    await jun.say('only once', 'place');
    await mina.hears('Jun', 'only once');
    const around = await mina.openPanel('around');
    await around.getByRole('button', { name: mina.text('around-walk-to', { name: mina.text('spot-seoul-plaza') }) }).click();
    const live = mina.page.getByTestId('live');
    await live.getByText(mina.text('narrate-reached')).waitFor({ state: 'attached' });
    await around.getByRole('button', { name: mina.text('person-more-about', { name: 'Jun' }) }).click();
    await around.getByRole('button', { name: mina.text('person-block') }).click();
    await live.getByText(mina.text('notice-blocked')).waitFor({ state: 'attached' });
    const announced = await mina.page.evaluate(() => window.announced);
    for (const words of ['only once', mina.text('narrate-reached'), mina.text('notice-blocked')]) {
      assert.equal(announced.filter((one) => one.includes(words)).length, 1, `${words}: ${JSON.stringify(announced)}`);
    }
  });
});

describe('where something is wrong', () => {
  const town = city('no-gpu');

  for (const language of LANGUAGES) {
    town.promise(`axe finds nothing where the entry is in trouble (${language})`, async (scene) => {
      const prepare = async (visitor) => {
        visitor.tolerate(/net::ERR_FAILED/);
        await visitor.page.route(/city\.bin$/, (route) => route.abort());
        Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
      };
      const mina = await scene.visitor('Mina', { language, prepare, ...CALM });
      await mina.page.getByTestId('trouble').getByText(mina.text('trouble-loading')).waitFor();
      await mina.page.getByRole('link', { name: mina.text('entry-again') }).waitFor();
      await isClean(mina.page);
    });

    town.promise(`axe finds nothing where WebSockets are blocked (${language})`, async (scene) => {
      const network = await blockWebSockets(scene.relay);
      try {
        const prepare = (visitor) => Object.assign(visitor, { relay: network });
        const mina = await scene.visitor('Mina', { language, prepare, ...CALM });
        mina.tolerate(/WebSocket connection to/);
        await mina.enterButton.click();
        await mina.until('understands', (now) => now.connection === 'blocked', { within: 40_000 });
        await isClean(mina.page);
      } finally {
        network.close();
      }
    });

    town.promise(`axe finds nothing in the older of two tabs (${language})`, async (scene) => {
      const mina = await scene.guest('Mina', { language, ...CALM });
      const opened = mina.context.waitForEvent('page');
      await mina.page.evaluate(() => {
        window.open(location.href);
      });
      const newer = await opened;
      await newer.getByRole('button', { name: mina.text('entry-enter'), exact: true }).click();
      await mina.until('is told', (state) => state.connection === 'close-superseded');
      await mina.page.bringToFront();
      await isClean(mina.page);
    });
  }
});

describe('with WebGL2', () => {
  const town = city('webgl2');

  town.promise('axe finds nothing on the stage, and the canvas is told in words in both languages', async (scene) => {
    for (const language of LANGUAGES) {
      const mina = await scene.guest('Mina', { language, path: `${PLAZA}?lang=${language}`, ...CALM });
      await mina.showsStage();
      await isClean(mina.page);
      await isNamed(mina);
      await mina.context.close();
    }
  });
});

// axe does not flag an unnamed picture that scripts draw.
async function isNamed(visitor) {
  const picture = visitor.page.getByTestId('scene').getByRole('img');
  const label = await picture.getAttribute('aria-label');
  assert.ok(label.includes(visitor.text('spot-seoul-plaza')), label);
}

// One visit: at each screen all of it is looked at. What is wrong, with the screen and the mode in which it is.
async function look(scene, { visit, ...mode }) {
  const came = [];
  const come = async (options) => {
    const visitor = await scene.visitor(`${visit} ${Object.values(mode).join(' ')}`, inMode({ ...mode, ...options }));
    came.push(visitor);
    return visitor;
  };
  const wrong = [];
  const note = (screen, what) => wrong.push(`${screen}, ${Object.values(mode).join(', ')}: ${what}`);
  try {
    for await (const [screen, visitor] of VISITS[visit]({ scene, mode, come })) {
      for (const question of QUESTIONS) {
        for (const what of await question(visitor.page)) note(screen, what);
      }
      if (screen === 'world') await isNamed(visitor);
    }
  } catch (error) {
    // The others are looked at all the same.
    note(visit, error.stack);
  }
  await Promise.all(came.map((visitor) => visitor.page.close()));
  return wrong;
}

async function isClean(page) {
  assert.deepEqual(await axeFinds(page), []);
}
