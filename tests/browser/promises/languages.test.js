// Every language is at home: by the address, by the browser, and by choice.

import assert from 'node:assert/strict';

import { city, LOCALES } from '../harness/city.js';
import { text } from '../harness/texts.js';

const town = city('no-gpu');

const NAMES = { ko: '서울광장', en: 'Seoul Plaza', ja: 'ソウル広場', 'zh-Hans': '首尔广场' };

for (const [language, name] of Object.entries(NAMES)) {
  const other = language === 'ko' ? 'en' : 'ko';

  town.promise(`?lang=${language} speaks ${language}, whatever the browser's language`, async (scene) => {
    const path = `/downtown/seoul-plaza?lang=${language}`;
    // The browser's language is the other one.
    const mina = await scene.visitor('Mina', { path, language, locale: LOCALES[other] });
    await mina.page.getByRole('heading', { name, exact: true }).waitFor();
    assert.equal(await mina.page.locator('html').getAttribute('lang'), language);
    await mina.enter();
    await mina.page.getByRole('heading', { name, exact: true }).waitFor();
    assert.match(await mina.page.title(), new RegExp(name));
  });

  town.promise(`a browser in ${language} is spoken to in ${language}`, async (scene) => {
    const mina = await scene.visitor('Mina', { language });
    await mina.page.getByRole('heading', { name, exact: true }).waitFor();
  });
}

town.promise('a browser in traditional Chinese is spoken to in simplified Chinese', async (scene) => {
  const mina = await scene.visitor('Mina', { language: 'zh-Hans', locale: 'zh-TW' });
  await mina.page.getByRole('heading', { name: NAMES['zh-Hans'], exact: true }).waitFor();
  assert.equal(await mina.page.locator('html').getAttribute('lang'), 'zh-Hans');
});

town.promise('another language is chosen without a reload, and kept', async (scene) => {
  const mina = await scene.visitor('Mina', { language: 'ko' });
  await mina.page.getByRole('button', { name: 'English', exact: true }).click();
  mina.language = 'en';
  await mina.enterButton.waitFor();
  await mina.open('/downtown/seoul-plaza');
  await mina.page.getByRole('heading', { name: NAMES.en, exact: true }).waitFor();
});

town.promise('another language is chosen before any script has run, and what else the address says stays', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null, language: 'ko', javaScriptEnabled: false });
  await mina.page.goto(new URL('/downtown/seoul-plaza?channel=2&lang=ko', scene.relay.url).href);
  await mina.page.getByRole('heading', { name: NAMES.ko, exact: true }).waitFor();
  await mina.page.getByRole('link', { name: 'English', exact: true }).click();
  await mina.page.getByRole('heading', { name: NAMES.en, exact: true }).waitFor();
  await mina.page.getByText(text('en', 'first-noscript'), { exact: true }).waitFor();
  const { searchParams } = new URL(mina.page.url());
  assert.deepEqual([...searchParams].toSorted(), [['channel', '2'], ['lang', 'en']]);
});

town.promise('no key of a text is ever shown in place of the text', async (scene) => {
  for (const language of Object.keys(NAMES)) {
    const mina = await scene.guest('Mina', { language });
    for (const panel of ['around', 'talk', 'gestures', 'help', 'settings']) {
      const opened = await mina.openPanel(panel);
      // A key: lower-case words joined by hyphens, two at least.
      const keys = (await opened.innerText()).match(/\b[a-z]+(-[a-z]+)+\b/g) ?? [];
      const allowed = /^(one-way|step-by-step|ready-made|right-to-left|tap-to-walk)$/;
      assert.deepEqual(keys.filter((key) => !allowed.test(key) && isKey(mina, key)), []);
    }
  }
});

// Hyphens are also in ordinary English: only what the files know as a key counts.
function isKey(visitor, word) {
  try {
    return Boolean(visitor.text(word));
  } catch {
    return /^[a-z]+-[a-z]+-[a-z]+/.test(word);
  }
}
