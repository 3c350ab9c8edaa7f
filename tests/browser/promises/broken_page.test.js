// A page that breaks does not just stop answering.

import { city } from '../harness/city.js';

const town = city('no-gpu');

// A module whose one function traps: what is left of a panic in a bundle for visitors.
const TRAP = [
  [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // the magic number and the version
  [1, 4, 1, 0x60, 0, 0], // one type, from nothing to nothing
  [3, 2, 1, 0], // one function of that type
  [7, 5, 1, 1, 0x66, 0, 0], // exported as "f"
  [0x0a, 5, 1, 3, 0, 0, 0x0b], // which is unreachable
].flat();

town.promise('a trap in the page is told in plain words, with the next step', async (scene) => {
  const mina = await scene.guest('Mina');
  mina.tolerate(/unreachable/);
  await mina.page.evaluate((bytes) => {
    const module = new WebAssembly.Module(new Uint8Array(bytes));
    setTimeout(new WebAssembly.Instance(module).exports.f);
  }, TRAP);
  await mina.page.getByRole('alert').getByText('Load it again').waitFor();
});
