// A line in another language is read in one's own by whoever asks for it: by the browser's translator, by the operator's, or
// with a plain word that there is none. Numbers and addresses stay, and so does the original.

import assert from 'node:assert/strict';
import { after } from 'node:test';

import { city } from '../harness/city.js';
import { Translator } from '../harness/translator.js';

const translator = await Translator.start();
after(() => translator.close());

const town = city('no-gpu', { relayOptions: ['--translate-url', translator.url, '--exempt', '127.0.0.1'] });
const bare = city('no-gpu');

// A browser that has no translator of its own.
const none = { prepare: ({ context }) => context.addInitScript(() => delete window.Translator) };

// One that has, or could fetch one. It notes what it did, and rewrites numbers as translators do.
function own(availability) {
  const install = (state) => {
    window.asked = [];
    window.Translator = {
      availability: async () => state,
      create: async ({ sourceLanguage, targetLanguage }) => ({
        translate: async (text) => {
          window.asked.push([sourceLanguage, targetLanguage, text]);
          return `own(${text.replace('3', 'three')})`;
        },
      }),
    };
  };
  return { prepare: ({ context }) => context.addInitScript(install, availability) };
}

// What a visitor has before them when someone else has said a line, their only one: the line's text, and its button by what
// it says.
async function hears(visitor, who, line) {
  await visitor.hears(who, line);
  const item = visitor.page.getByTestId('lines').getByRole('listitem').filter({ hasText: who });
  const text = item.locator('.line-text');
  return { text, button: (key) => item.getByRole('button', { name: visitor.text(key), exact: true }) };
}

async function reads(text, wanted) {
  await text.filter({ hasText: wanted }).waitFor();
  assert.equal(await text.innerText(), wanted);
}

function told(visitor, key) {
  return visitor.page.getByTestId('notice').filter({ hasText: visitor.text(key) }).waitFor();
}

const questionsFor = (text) => translator.questions.filter(({ q }) => q === text);

town.promise('a line in another language is read in one’s own at a press, and the original is one touch away', async (scene) => {
  const line = '광장에서 만나요';
  const mina = await scene.guest('미나', { language: 'ko', ...none });
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  await mina.say(line);
  const { text, button } = await hears(ben, '미나', line);
  assert.equal(await text.getAttribute('lang'), 'ko');
  const box = await button('translate').boundingBox();
  assert.ok(box.width >= 44 && box.height >= 44, 'as large as a thumb');
  await button('translate').click();
  await reads(text, `en(${line})`);
  assert.equal(await text.getAttribute('lang'), 'en');
  const [question] = questionsFor(line);
  assert.deepEqual(question, { q: line, source: 'ko', target: 'en', format: 'text' });

  // By keyboard there and back, without asking anyone again.
  await button('translate-back').press('Enter');
  await reads(text, line);
  assert.equal(await text.getAttribute('lang'), 'ko');
  await button('translate').press('Enter');
  await reads(text, `en(${line})`);
  assert.equal(questionsFor(line).length, 1);
  assert.equal(await ben.page.getByTestId('live').getByText(`en(${line})`).count(), 1, 'and it is told once');
});

town.promise('a line in one’s own language, and a phrase, need no translation', async (scene) => {
  const mina = await scene.guest('미나', { language: 'ko', ...none });
  const jun = await scene.guest('준', { language: 'ko', ...none });
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  await mina.say('안녕하세요');
  await jun.hears('미나', '안녕하세요');
  assert.equal(await jun.page.getByRole('button', { name: jun.text('translate'), exact: true }).count(), 0);
  const panel = await mina.openPanel('gestures');
  await panel.getByRole('button', { name: mina.text('topic-greet'), exact: true }).click();
  await panel.getByRole('button', { name: mina.text('phrase-hello'), exact: true }).click();
  const item = await ben.hears('미나', ben.text('phrase-hello'));
  assert.equal(await item.getByRole('button').count(), 0);
});

const APPOINTMENT = '11월 29일 15:30에 https://seoul.go.kr/a?b=1 앞에서, 우편번호 SW1A 1AA, 3명';
const MUST_STAY = ['11', '29', '15:30', 'https://seoul.go.kr/a?b=1', 'SW1A', '1AA', '3'];

for (const [by, visitor] of [['the operator’s translator', none], ['the browser’s', own('available')]]) {
  town.promise(`numbers and addresses come out of ${by} as they were`, async (scene) => {
    const mina = await scene.guest('미나', { language: 'ko' });
    const ben = await scene.guest('Ben', { language: 'en', ...visitor });
    await mina.say(APPOINTMENT);
    const { text, button } = await hears(ben, '미나', APPOINTMENT);
    await button('translate').click();
    await button('translate-back').waitFor();
    const translated = await text.innerText();
    assert.match(translated, /(en|own)\(/);
    for (const piece of MUST_STAY) {
      assert.ok(translated.split(/[\s,()]+/).includes(piece), `${piece} in ${translated}`);
    }
  });
}

town.promise('the browser’s own translator comes first, and then nothing leaves the device', async (scene) => {
  const line = '오늘 날씨가 좋네요';
  const mina = await scene.guest('미나', { language: 'ko' });
  const lin = await scene.guest('林', { language: 'zh-Hans', ...own('available') });
  await mina.say(line);
  const { text, button } = await hears(lin, '미나', line);
  await button('translate').click();
  await reads(text, `own(${line})`);
  assert.deepEqual(await lin.page.evaluate(() => window.asked), [['ko', 'zh', line]]);
  assert.equal(questionsFor(line).length, 0);
});

town.promise('a browser that would have to fetch a language leaves the line to the operator’s translator', async (scene) => {
  const line = '저녁에 다시 와요';
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en', ...own('downloadable') });
  await mina.say(line);
  const { text, button } = await hears(ben, '미나', line);
  await button('translate').click();
  await reads(text, `en(${line})`);
  assert.deepEqual(await ben.page.evaluate(() => window.asked), []);
});

town.promise('markup that a translator sends is text', async (scene) => {
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  await mina.say('markup');
  const { text, button } = await hears(ben, '미나', 'markup');
  await button('translate').click();
  await reads(text, '<img src=x onerror="window.hurt=true"><b>bold</b>');
  assert.equal(await ben.page.evaluate(() => window.hurt), undefined);
  assert.equal(await ben.page.locator('img, b').count(), 0);
});

for (const [how, line] of [['hangs', 'hang'], ['sends a page', 'page'], ['changes numbers', 'liar 3']]) {
  town.promise(`a translator that ${how} leaves the line as it was, and the visitor is told`, async (scene) => {
    const mina = await scene.guest('미나', { language: 'ko' });
    const ben = await scene.guest('Ben', { language: 'en', ...none });
    ben.tolerate(/502/);
    await mina.say(line);
    const { text, button } = await hears(ben, '미나', line);
    await button('translate').click();
    await told(ben, 'translate-failed');
    await reads(text, line);
    await button('translate').waitFor();
    // And the talk goes on meanwhile.
    await ben.say('I see');
    await mina.hears('Ben', 'I see');
  });
}

town.promise('whoever reads in another language from now on is offered the original anew', async (scene) => {
  const line = '내일 또 봐요';
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  await mina.say(line);
  const { text, button } = await hears(ben, '미나', line);
  await button('translate').click();
  await reads(text, `en(${line})`);
  await ben.openPanel('settings');
  await ben.page.getByTestId('panel-settings').getByRole('button', { name: '日本語' }).click();
  ben.language = 'ja';
  const again = await hears(ben, '미나', line);
  await reads(again.text, line);
  await again.button('translate').click();
  await reads(again.text, `ja(${line})`);
});

bare.promise('where nothing translates, the visitor is told so plainly', async (scene) => {
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  await mina.say('안녕하세요');
  const { text, button } = await hears(ben, '미나', '안녕하세요');
  await button('translate').click();
  await told(ben, 'translate-none');
  await reads(text, '안녕하세요');
});

bare.promise('where nobody else translates, the browser fetches the language', async (scene) => {
  const mina = await scene.guest('미나', { language: 'ko' });
  const ben = await scene.guest('Ben', { language: 'en', ...own('downloadable') });
  await mina.say('안녕하세요');
  const { text, button } = await hears(ben, '미나', '안녕하세요');
  await button('translate').click();
  await reads(text, 'own(안녕하세요)');
});

town.promise('an announcement in another language is read in one’s own at a press, and back', async (scene) => {
  const ben = await scene.guest('Ben', { language: 'en', ...none });
  const host = await scene.guest('미나', { path: await scene.relay.invite('host', 'downtown'), language: 'ko', ...none });
  const line = '퍼레이드가 12시에 시작해요';
  const panel = await host.openPanel('host');
  await panel.getByRole('textbox', { name: host.text('host-announce') }).fill(line);
  await panel.getByRole('button', { name: host.text('host-announce-send') }).click();
  const announcement = ben.page.getByTestId('announcement');
  const text = announcement.locator('bdi');
  await reads(text, line);
  assert.equal(await text.getAttribute('lang'), 'ko');
  const button = (key) => announcement.getByRole('button', { name: ben.text(key), exact: true });
  await button('translate').click();
  await reads(text, `en(${line})`);
  assert.equal(await text.getAttribute('lang'), 'en');
  await button('translate-back').click();
  await reads(text, line);
});
