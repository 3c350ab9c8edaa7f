// The engine may die: the picture comes back, and nothing else is touched.

import assert from 'node:assert/strict';
import { describe } from 'node:test';

import { BACKENDS } from '../harness/chromium.js';
import { city } from '../harness/city.js';
import { Picture } from '../harness/picture.js';

const BLANK_VARIETY = 8;

const DEATHS = { 'a lost context': 'lose', 'a killed worker': 'kill' };

for (const backend of BACKENDS) {
  describe(`on ${backend}`, () => {
    const town = city(backend);

    for (const [death, means] of Object.entries(DEATHS)) {
      town.promise(`the picture comes back after ${death}, and nothing else has changed`, async (scene) => {
        const mina = await scene.guest('Mina');
        const before = await mina.showsStage();
        await mina.page.evaluate((how) => window.metaverse[how](), means);
        const drawsAgain = (state) => state.lives > before.lives && state.view === 'stage' && state.drawn > before.drawn + 1;
        const after = await mina.until('a new engine draws', drawsAgain, { within: 75_000 });
        assert.equal(after.backend, before.backend);
        assert.equal(after.connection, 'in');
        assert.deepEqual([after.me.id, after.me.x, after.me.z], [before.me.id, before.me.x, before.me.z]);
        const picture = new Picture(await mina.page.screenshot());
        assert.ok(picture.variety() > BLANK_VARIETY, 'the canvas is not blank');
      });
    }
  });
}
