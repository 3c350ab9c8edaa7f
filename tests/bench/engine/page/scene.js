// What the engine's example `ring` has written: commands and a frame for our engine; mesh, poses and looks for others.

const FILES = ['size', 'quality', 'place', 'without-levels', 'frame', 'corners', 'indices', 'clips'];

export async function fetchScene(count) {
  const bytes = async (name) => (await fetch(`/scene/${name}`)).arrayBuffer();
  const told = (await fetch('/scene/scene.json')).json();
  const files = Object.fromEntries(await Promise.all(FILES.map(async (name) => [name, await bytes(name)])));
  const { people, ...rest } = await told;
  if (people.length < count) throw new Error(`a scene of ${people.length} people, and ${count} are asked for`);
  // Tables and buffers have one at least, drawn or not.
  return { ...rest, people: people.slice(0, Math.max(count, 1)), files };
}
