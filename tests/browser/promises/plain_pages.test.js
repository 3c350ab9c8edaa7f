// Rules, privacy and accessibility are pages of their own, for every reader and every browser, without any script.

import assert from 'node:assert/strict';

import axe from 'axe-core';

import { city, LOCALES } from '../harness/city.js';
import { text } from '../harness/texts.js';

const town = city('no-gpu');

const PAGES = ['rules', 'privacy', 'accessibility'];

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

// Width in CSS pixels at which nobody should have to scroll sideways (WCAG 1.4.10).
const NARROW = { width: 320, height: 640 };

for (const language of Object.keys(LOCALES)) {
  town.promise(`axe finds nothing on the plain pages, in any colours, large or narrow (${language})`, async (scene) => {
    const mina = await scene.visitor('Mina', { path: null, language });
    for (const name of PAGES) {
      for (const [colours, size, viewport, colorScheme] of [
        ['', '', { width: 1_000, height: 700 }, 'light'],
        ['', '', NARROW, 'dark'],
        ['high', '200', NARROW, 'light'],
      ]) {
        await mina.page.setViewportSize(viewport);
        await mina.page.emulateMedia({ colorScheme });
        await mina.page.goto(new URL(`/${name}?colours=${colours}&text=${size}`, scene.relay.url).href);
        assert.equal(await mina.page.locator('html').getAttribute('lang'), language);
        await isClean(mina.page);
        const sideways = await mina.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${name} is ${sideways} px too wide`);
      }
    }
  });
}

town.promise('without scripts the first screen leads to them, they lead to one another and into the city', async (scene) => {
  const mina = await scene.visitor('Mina', { path: null, language: 'ko', javaScriptEnabled: false });
  await mina.page.goto(new URL('/downtown/sungnyemun', scene.relay.url).href);
  await mina.page.getByRole('link', { name: '접근성 안내', exact: true }).click();
  await mina.page.getByRole('heading', { level: 1, name: '접근성 안내', exact: true }).waitFor();
  await mina.page.getByRole('link', { name: 'English', exact: true }).click();
  await mina.page.getByRole('heading', { level: 1, name: 'Accessibility statement', exact: true }).waitFor();
  await mina.page.getByRole('navigation', { name: text('en', 'language-label'), exact: true }).waitFor();
  await mina.page.getByRole('contentinfo').getByRole('link', { name: 'Privacy', exact: true }).click();
  await mina.page.getByRole('heading', { level: 1, name: 'Privacy', exact: true }).waitFor();
  await mina.page.getByRole('link', { name: 'To the city', exact: true }).click();
  await mina.page.getByRole('heading', { name: text('en', 'spot-seoul-plaza'), exact: true }).waitFor();
});

town.promise('the help leads to each of them, in the reader’s language, colours and size, and the visit goes on', async (scene) => {
  const mina = await scene.guest('Mina', { language: 'ja', reducedMotion: 'reduce' });
  const settings = await mina.openPanel('settings');
  await settings.getByRole('radio', { name: mina.text('colours-high') }).check();
  await settings.getByRole('radio', { name: /150/ }).check();
  const panel = await mina.openPanel('help');
  for (const name of PAGES) {
    const opened = mina.context.waitForEvent('page');
    await panel.getByRole('link', { name: mina.text(`help-${name}`), exact: true }).click();
    const page = await opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    const { lang, dataset } = await page.evaluate(() => {
      const { lang, dataset } = document.documentElement;
      return { lang, dataset: { ...dataset } };
    });
    assert.deepEqual({ lang, ...dataset }, { lang: 'ja', colours: 'high', text: '150' });
    assert.equal(await page.evaluate(() => window.opener), null);
    await page.close();
  }
  assert.equal((await mina.state()).connection, 'in');
});

async function isClean(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, rules);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join('; ')}`);
  }, RULES);
  assert.deepEqual(found, []);
}
