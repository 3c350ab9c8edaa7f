// A made-up world in the place of a relay: the page's messages in, a relay's messages out, as bytes. A number ends the
// connection, as a close code.

import init, { Mock } from './mock.js';

const TICK_MS = 1000 / 15;

const early = [];
self.onmessage = ({ data }) => early.push(data);
start().catch((error) => reportError(error));

async function start() {
  await init();
  const { city, scene } = await first();
  const compiled = await fetch(city);
  const mock = new Mock(new Uint8Array(await compiled.arrayBuffer()), scene);
  const tell = (all) => all.forEach((told) => self.postMessage(told));
  const hear = (message) => tell(mock.hear(message, Date.now()));
  self.postMessage('open');
  self.onmessage = ({ data }) => hear(data);
  early.splice(0).forEach(hear);
  setInterval(() => tell(mock.tick(Date.now())), TICK_MS);
}

// What the page begins with: where its city lies, and what is to happen.
async function first() {
  while (early.length === 0) await new Promise((resolve) => setTimeout(resolve));
  return early.shift();
}
