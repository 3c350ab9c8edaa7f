// Whatever link, clock or settings someone comes with, the city opens.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { city } from '../harness/city.js';
import { launchKept } from '../harness/chromium.js';
import { Visitor } from '../harness/visitor.js';

const town = city('no-gpu');

const DAY_MS = 24 * 60 * 60 * 1_000;

town.promise('an unknown language is answered in one that the browser asks for', async (scene) => {
  for (const asked of ['klingon', '%F0%9F%A6%8A', 'en"><script>', '../../ko', 'x'.repeat(500)]) {
    const mina = await scene.visitor('Mina', { language: 'ja', path: `/downtown/seoul-plaza?lang=${asked}` });
    assert.equal(await mina.page.locator('html').getAttribute('lang'), 'ja');
    await mina.enter();
    await mina.page.getByRole('heading', { name: mina.text('spot-seoul-plaza'), exact: true }).waitFor();
    await mina.context.close();
  }
});

town.promise('a link of 8,000 characters leads to its spot', async (scene) => {
  const mina = await scene.guest('Mina', { path: `/downtown/sungnyemun?lang=en&${'utm=x&'.repeat(1_400)}#${'y'.repeat(100)}` });
  await mina.page.getByRole('heading', { name: mina.text('spot-sungnyemun'), exact: true }).waitFor();
});

for (const [what, off] of [['a day ahead', DAY_MS], ['a day behind', -DAY_MS]]) {
  town.promise(`someone whose clock is ${what} meets the others, also after a reload`, async (scene) => {
    const prepare = ({ context }) => context.addInitScript((shift) => {
      const True = Date;
      globalThis.Date = class extends True {
        constructor(...given) {
          if (given.length === 0) super(True.now() + shift);
          else super(...given);
        }

        static now() {
          return True.now() + shift;
        }
      };
    }, off);
    const jun = await scene.guest('Jun');
    const mina = await scene.guest('Mina', { prepare });
    assert.ok(Math.abs(await mina.page.evaluate(() => Date.now()) - Date.now() - off) < DAY_MS / 2);
    await mina.sees('Jun');
    await jun.walk(['KeyW'], 2);
    await jun.say('hello', 'place');
    await mina.hears('Jun', 'hello');
    const { me } = await mina.state();
    await mina.page.reload();
    await mina.enterButton.click();
    await mina.isIn();
    assert.equal((await mina.state()).me.id, me.id);
    await mina.sees('Jun');
  });
}

town.promise('a browser that lets no site keep anything can come in, talk and choose', async (scene) => {
  const profile = await mkdtemp(path.join(tmpdir(), 'no-cookies-'));
  await mkdir(path.join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(path.join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await launchKept('no-gpu', profile, { locale: 'en-US' });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const mina = new Visitor(page, context, scene.relay, { language: 'en', name: 'Mina' });
    scene.visitors.push(mina);
    await mina.open('/downtown/seoul-plaza');
    assert.equal(await page.evaluate(() => { try { return typeof localStorage; } catch (error) { return error.name; } }), 'SecurityError');
    await mina.enter();
    await mina.say('hello');
    await mina.hears('Mina', 'hello');
    const settings = await mina.openPanel('settings');
    await settings.getByRole('radio', { name: mina.text('colours-high') }).check();
    assert.equal(await page.locator('html').getAttribute('data-colours'), 'high');
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});
