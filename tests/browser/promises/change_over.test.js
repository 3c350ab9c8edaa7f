// From the map to the stage, and from one engine to the next: there is always something to see.

import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'node:test';

import { city } from '../harness/city.js';
import { Film, variety } from '../harness/film.js';

// Below this a picture's middle is one colour, as bare paper is; the quietest corner of map and stage has several times as much.
const BARE = 2;

for (const kind of ['disabled-gpu', 'webgl2', 'webgpu']) {
  describe(`on ${kind}`, () => {
    const town = city(kind);

    town.promise('the map stands until the stage is on the screen, and no engine leaves a gap when it dies', async (scene) => {
      const mina = await scene.guest('Mina');
      await mina.page.locator('.map-landmarks text').first().waitFor({ state: 'attached' });
      const arriving = await Film.of(mina);
      await covers(mina);
      await isNeverBare(scene, 'map to stage', await arriving.end());

      const { drawn } = await mina.state();
      const dying = await Film.of(mina);
      await mina.page.evaluate(() => window.metaverse.lose());
      await mina.page.locator('.scene[data-covered="false"]').waitFor();
      await covers(mina);
      assert.ok((await mina.state()).drawn > drawn, 'another engine draws');
      await isNeverBare(scene, 'one engine to the next', await dying.end());
    });
  });
}

// The map is no longer needed under the stage.
async function covers(visitor) {
  await visitor.page.locator('.scene[data-showing="stage"][data-covered="true"]').waitFor({ timeout: 90_000 });
}

async function isNeverBare(scene, change, pictures) {
  const seen = pictures.map(variety);
  const least = seen.indexOf(Math.min(...seen));
  scene.report(`${change}: ${pictures.length} pictures, the barest has ${seen[least]?.toFixed(1)}`);
  assert.ok(pictures.length > 1, `${change}: something was filmed`);
  if (seen[least] > BARE) return;
  const folder = await mkdtemp(path.join(tmpdir(), 'change-over-'));
  await Promise.all(pictures.map((png, index) => writeFile(path.join(folder, `${index}.png`), png)));
  assert.fail(`${change}: picture ${least} of those in ${folder} shows nothing`);
}
