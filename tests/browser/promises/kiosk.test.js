// A screen in public: one touch begins, everything is forgotten, and whatever fails it comes back without a hand.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { cutOff } from '../harness/access.js';
import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';
import { languages, text } from '../harness/texts.js';

const town = city('no-gpu');

const UPRIGHT = { viewport: { width: 540, height: 960 } };

// Seconds without input until a kiosk forgets its visitor, and visitors of a day: for this run, and for a long one.
const IDLE_S = 5;
const VISITORS = process.env.FULL ? 200 : 8;

function at(idle = IDLE_S, more = '') {
  return `/downtown/seoul-plaza?kiosk=lobby&lang=en&idle=${idle}${more}`;
}

// A kiosk that waits for its first visitor.
async function kiosk(scene, options = {}) {
  const prepare = (visitor) => Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
  const screen = await scene.visitor('Kiosk', { path: at(), ...UPRIGHT, prepare, reducedMotion: 'reduce', ...options });
  await waits(screen);
  return screen;
}

async function waits(screen, within = 30_000) {
  await screen.page.getByTestId('begin').waitFor({ timeout: within });
}

async function begin(screen) {
  await screen.page.getByTestId('begin').click();
  await screen.isIn();
}

// Nothing of a visitor may be left where the next one, or whoever takes the disk, could find it. The harness itself sets how
// well pictures are drawn.
async function keepsNothing(screen) {
  const kept = await screen.page.evaluate(async () => [
    Object.keys(localStorage),
    Object.keys(sessionStorage),
    await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  assert.deepEqual(kept, [['metaverse.quality'], [], [], 0]);
}

town.promise('one touch begins, in the language that was touched, under a name of its own', async (scene) => {
  const screen = await kiosk(scene);
  for (const language of languages()) {
    const words = screen.page.getByTestId('begin').getByText(text(language, 'first-touch'));
    assert.equal(await words.count(), 1, `says how to begin in ${language}`);
  }
  assert.match(await screen.page.getByTestId('clock').innerText(), /^\d\d:\d\d$/);
  await isClean(screen);
  await screen.page.getByRole('button', { name: '한국어', exact: true }).click();
  await screen.isIn();
  await eventually('speaks Korean', () => screen.page.getByTestId('kiosk-finish').getByText(text('ko', 'kiosk-finish')).count());
  assert.notEqual((await screen.state()).me.name, '');
  await isClean(screen);
  await keepsNothing(screen);
});

town.promise('a large screen is written large, and is touched whatever its browser was told', async (scene) => {
  const screen = await kiosk(scene, { viewport: { width: 1080, height: 1920 } });
  await begin(screen);
  const { height } = await screen.page.getByTestId('talk').boundingBox();
  assert.ok(height >= 72, `its buttons are ${height} px high`);
  await screen.page.getByText(screen.text('hint-touch-map'), { exact: true }).waitFor();
});

town.promise('whoever stays away is asked once, and then forgotten; whoever is there goes on', async (scene) => {
  const screen = await kiosk(scene, { path: at(8) });
  await begin(screen);
  const first = (await screen.state()).me;
  const stay = screen.page.getByRole('button', { name: screen.text('still-stay') });
  await stay.waitFor();
  const counted = await screen.page.getByTestId('left').innerText();
  assert.ok(Number(counted) <= 4, counted);
  await isClean(screen);
  await stay.click();
  await stay.waitFor({ state: 'detached' });
  assert.equal((await screen.state()).me.id, first.id, 'still the same visitor');
  await waits(screen);
  assert.equal((await screen.state()).me.present, false);
});

town.promise('nothing of one visitor is shown to the next, and those around see the first one leave', async (scene) => {
  const jun = await scene.guest('Jun');
  const screen = await kiosk(scene, { path: at(60) });
  await begin(screen);
  const first = (await screen.state()).me;
  await jun.sees(first.name);
  await jun.say('only for the first', 'place');
  await screen.hears('Jun', 'only for the first');
  await screen.page.getByTestId('kiosk-contrast').click();
  await screen.page.getByTestId('kiosk-larger').click();
  await screen.page.getByTestId('kiosk-reach').click();
  // The keyboard goes with the field that it is for.
  await screen.page.locator('.panel-head button').click();
  const settings = await screen.openPanel('settings');
  await settings.getByRole('button', { name: '日本語', exact: true }).click();
  await eventually('speaks Japanese', () => screen.page.getByText(text('ja', 'settings-you')).count());
  await screen.page.getByRole('textbox').fill('Secret Name');
  await screen.page.getByTestId('appear').click();
  await jun.sees('Secret Name');

  await screen.page.locator('.panel-head button').click();
  await screen.page.getByTestId('kiosk-finish').click();
  await waits(screen);
  await jun.until('sees the visitor leave', (state) => !state.figures.some((figure) => figure.id === first.id));
  await screen.page.getByRole('button', { name: 'English', exact: true }).waitFor();
  await eventually('speaks English again', () => screen.page.evaluate(() => document.documentElement.lang === 'en'));
  assert.ok(!(await screen.page.content()).includes('Secret Name'));
  const root = await screen.page.evaluate(() => ({ ...document.documentElement.dataset, lang: document.documentElement.lang }));
  assert.deepEqual([root.colours, root.text, root.reach, root.lang], ['system', '100', undefined, 'en']);
  await keepsNothing(screen);

  await begin(screen);
  const second = (await screen.state()).me;
  assert.notEqual(second.id, first.id, 'another session');
  assert.notEqual(second.name, 'Secret Name');
  await screen.openPanel('talk');
  assert.equal(await screen.page.getByText('only for the first').count(), 0);
  assert.equal(new URL(screen.page.url()).search, new URL(at(60), scene.relay.url).search);
});

town.promise('wherever a visitor went, the next one begins where the kiosk stands', async (scene) => {
  const screen = await kiosk(scene);
  await begin(screen);
  const panel = await screen.openPanel('around');
  const name = screen.text('around-go-to', { name: screen.text('place-city-hall') });
  await panel.getByTestId('rooms-list').getByRole('button', { name }).click();
  await screen.until('is in the lobby', ({ place, me }) => place === 'city-hall' && me.present);
  await screen.page.getByTestId('kiosk-finish').click();
  await waits(screen);
  assert.equal((await screen.state()).place, 'downtown');
  await begin(screen);
  assert.equal((await screen.state()).place, 'downtown');
  await screen.page.waitForURL('**/downtown/seoul-plaza?**');
});

town.promise('Hangul is written on the screen, syllable by syllable, and Latin as well', async (scene) => {
  const jun = await scene.guest('Jun');
  const screen = await kiosk(scene, { path: at(60).replace('lang=en', 'lang=ko'), language: 'ko' });
  await begin(screen);
  await screen.openPanel('talk');
  await screen.sayField.click();
  const board = screen.page.getByTestId('keyboard');
  const press = async (...letters) => {
    for (const letter of letters) await board.getByRole('button', { name: letter, exact: true }).click();
  };
  await press('ㄱ', 'ㅗ', 'ㅏ', 'ㅇ', 'ㅎ', 'ㅗ', 'ㅏ', 'ㅁ', 'ㅜ', 'ㄴ');
  assert.equal(await screen.sayField.inputValue(), '광화문');
  await press(text('ko', 'keyboard-erase'), text('ko', 'keyboard-erase'));
  assert.equal(await screen.sayField.inputValue(), '광화ㅁ');
  await press('ㅜ', 'ㄴ', text('ko', 'keyboard-space'), text('ko', 'keyboard-shift'), 'ㄲ', 'ㅏ', `ABC ${text('ko', 'keyboard-switch')}`, 'o', 'k');
  assert.equal(await screen.sayField.inputValue(), '광화문 까ok');
  await isClean(screen);
  await press(text('ko', 'talk-send'));
  await jun.hears((await screen.state()).me.name, '광화문 까ok');
});

town.promise('a keypad is enough, and speaks with a voice of the device', async (scene) => {
  const prepare = async (visitor) => {
    Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
    await visitor.page.addInitScript(() => {
      window.said = [];
      const voices = [
        { lang: 'en-US', localService: false, name: 'far' },
        { lang: 'en-GB', localService: true, name: 'near' },
      ];
      const speech = { getVoices: () => voices, cancel: () => {}, speak: (it) => window.said.push([it.chosen?.name, it.text]) };
      Object.defineProperty(window, 'speechSynthesis', { value: speech });
      window.SpeechSynthesisUtterance = class {
        constructor(words) {
          this.text = words;
        }
        set voice(voice) {
          this.chosen = voice;
        }
      };
    });
  };
  const screen = await kiosk(scene, { path: at(60), prepare });
  const { keyboard } = screen.page;
  await eventually('the whole screen has the focus', () => screen.page.evaluate(() => document.activeElement.id === 'begin'));
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await eventually('stands on the large button', () => screen.page.evaluate(() => document.activeElement.id === 'begin'));
  await keyboard.press('Enter');
  await screen.isIn();
  const focused = () => screen.page.evaluate(() => document.activeElement.dataset.testid ?? document.activeElement.id);
  await eventually('stands on the picture', async () => (await focused()) === 'scene');
  // Where a key leads from what has the focus now.
  const goes = async (key) => {
    const from = await focused();
    await keyboard.press(key);
    await eventually(`${key} leads on from ${from}`, async () => (await focused()) !== from);
    return focused();
  };
  assert.equal(await goes('#'), 'around');
  assert.equal(await goes('ArrowRight'), 'talk');
  assert.equal(await goes('ArrowRight'), 'gestures');
  await keyboard.press('Enter');
  await screen.page.getByTestId('panel-gestures').waitFor();
  const leadTo = async (key, isThere) => {
    const passed = [];
    for (let stop = await focused(); !isThere(stop); stop = await goes(key)) {
      passed.push(stop);
      assert.ok(passed.length < 40, `${key} led to ${passed.join(', ')}`);
    }
  };
  await leadTo('ArrowDown', (stop) => stop.startsWith('topic-'));
  await leadTo('ArrowLeft', (stop) => stop === 'topic-greet');
  await keyboard.press('Enter');
  await screen.page.getByTestId('phrase-hello').waitFor();
  await keyboard.press('ArrowDown');
  const said = await screen.page.evaluate(() => window.said);
  assert.ok(said.some(([voice, words]) => voice === 'near' && words.includes(screen.text('dock-talk'))), JSON.stringify(said));
  assert.ok(said.every(([voice]) => voice === 'near'), 'no voice from elsewhere');
  await keyboard.press('*');
  await screen.page.getByTestId('panel-gestures').waitFor({ state: 'detached' });
  const colours = () => screen.page.evaluate(() => document.documentElement.dataset.colours);
  await keyboard.press('0');
  await eventually('high contrast by one key', async () => (await colours()) === 'high');
});

town.promise('within reach: nothing to press is in the upper half of an upright screen', async (scene) => {
  const screen = await kiosk(scene, { path: at(60) });
  await begin(screen);
  await screen.openPanel('gestures');
  await screen.page.getByTestId('kiosk-reach').click();
  const tops = await screen.page.evaluate(() =>
    [...document.querySelectorAll('.page button')].filter((button) => button.offsetWidth).map((button) => button.getBoundingClientRect().top));
  assert.ok(Math.min(...tops) >= 0.49 * UPRIGHT.viewport.height, JSON.stringify(tops));
});

for (const language of languages()) {
  town.promise(`the easy mode is one press away, in any size of text, and ends with its visitor (${language})`, async (scene) => {
    const screen = await kiosk(scene, { language, path: at(60).replace('lang=en', `lang=${language}`), viewport: { width: 1080, height: 1920 } });
    await begin(screen);
    const easy = screen.page.getByTestId('kiosk-easy');
    const bar = screen.page.locator('.kiosk-bar');
    const size = () => screen.page.evaluate(() => document.documentElement.dataset.text);
    for (;;) {
      const { x, y, width, height } = await bar.boundingBox();
      assert.ok(x >= 0 && y >= 0 && x + width <= 1080, `the bar stays on the screen at ${await size()} %`);
      const below = await screen.page.locator('.top').boundingBox();
      assert.ok(y + height <= below.y, `and lies on nothing at ${await size()} %`);
      assert.deepEqual(await cutOff(screen.page), []);
      const before = await size();
      if (before === '200') break;
      await screen.page.getByTestId('kiosk-larger').click();
      await eventually('larger text', async () => (await size()) !== before);
    }
    assert.equal(await easy.getAttribute('aria-pressed'), 'false');
    await easy.click();
    await screen.page.getByTestId('easy-asks').getByText(screen.text('easy-home'), { exact: true }).waitFor();
    assert.equal(await easy.getAttribute('aria-pressed'), 'true');
    await isClean(screen);
    await easy.click();
    await screen.page.getByTestId('easy').waitFor({ state: 'detached' });
    await easy.click();
    await screen.page.getByTestId('easy').waitFor();
    await screen.page.getByTestId('kiosk-finish').click();
    await waits(screen);
    await begin(screen);
    assert.equal(await easy.getAttribute('aria-pressed'), 'false');
    assert.equal(await screen.page.getByTestId('easy').count(), 0);
  });
}

town.promise('the relay tells which kiosks it hears, and takes no other name', async (scene) => {
  await kiosk(scene);
  const metrics = async () => (await fetch(`${scene.relay.url}/metrics`)).text();
  await eventually('is listed', async () => (await metrics()).includes('seoul_kiosk_up{kiosk="lobby"} 1'));
  await fetch(`${scene.relay.url}/api/places?kiosk=%22%7D%20evil`);
  await fetch(`${scene.relay.url}/api/places?kiosk=EVIL`);
  assert.ok(!/evil/i.test(await metrics()));
});

town.promise(`a day of ${VISITORS} visitors, with every kind of failure, ends where it began`, async (scene) => {
  const screen = await kiosk(scene);
  screen.tolerate(/WebSocket connection to/);
  screen.tolerate(/ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED)/);
  const failures = [
    async () => {},
    async () => {
      await scene.relay.kill();
      await screen.until('notices', (state) => state.connection !== 'in');
      await scene.relay.start();
    },
    async () => {
      await screen.page.evaluate(() => window.metaverse.kill());
    },
    async () => {
      await screen.context.setOffline(true);
      await scene.relay.kill();
      await waits(screen);
      await scene.relay.start();
      await screen.context.setOffline(false);
    },
  ];
  const seen = new Set();
  const started = Date.now();
  for (let number = 0; number < VISITORS; number += 1) {
    await begin(screen);
    const { me } = await screen.state();
    assert.ok(!seen.has(me.id), 'a session of their own');
    seen.add(me.id);
    await screen.openPanel('talk');
    assert.equal(await screen.page.getByTestId('lines').getByText('visitor').count(), 0, 'an empty chat');
    await screen.sayField.fill(`visitor ${number}`);
    await screen.sayField.press('Enter');
    await screen.page.getByTestId('lines').getByText(`visitor ${number}`).waitFor();
    await failures[number % failures.length]();
    if (number % 2 === 0 && (await screen.page.getByTestId('kiosk-finish').count())) {
      await screen.page.getByTestId('kiosk-finish').click();
    }
    await waits(screen);
    await keepsNothing(screen);
  }
  scene.report(`${VISITORS} visitors in ${Math.round((Date.now() - started) / 1000)} s`);
});

town.promise('a kiosk that begins before its relay is there comes by itself, and so does one whose page broke', async (scene) => {
  const prepare = async (visitor) => {
    Object.assign(visitor, { open: (path) => visitor.page.goto(visitor.relay.url + path) });
    visitor.tolerate(/ERR_FAILED/);
    let fails = true;
    await visitor.page.route(/city\.bin$/, (route) => (fails ? route.abort() : route.continue()));
    Object.assign(visitor, { mend: () => (fails = false) });
  };
  const screen = await kiosk(scene, { prepare });
  await screen.page.getByTestId('trouble').waitFor();
  screen.mend();
  await eventually('has loaded anew', async () => (await screen.page.getByTestId('clock').count()) > 0, { within: 40_000 });
  await begin(screen);
});

async function isClean(visitor) {
  await visitor.page.evaluate(axe.source);
  const found = await visitor.page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join(' ')}`);
  });
  assert.deepEqual(found, []);
}
