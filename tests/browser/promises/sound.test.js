// Silent until asked; then the city is heard, and silent again at once when that is wanted.

import assert from 'node:assert/strict';

import { city } from '../harness/city.js';
import { eventually } from '../harness/eventually.js';

const town = city('no-gpu');

town.promise('nothing is heard until it is asked for, then the city, and then nothing again', async (scene) => {
  const mina = await scene.guest('Mina', { prepare: (visitor) => visitor.page.addInitScript(listen) });
  assert.equal(await mina.page.evaluate(() => window.ear), undefined);
  const panel = await mina.openPanel('settings');

  await panel.getByRole('radio', { name: mina.text('sound-on'), exact: true }).check();
  const loudness = () => mina.page.evaluate(() => window.loudness());
  await eventually('the city is heard', async () => (await loudness()) > 1e-4);

  await panel.getByRole('radio', { name: mina.text('sound-off'), exact: true }).check();
  await eventually('it is silent', () => mina.page.evaluate(() => window.ear.context.state === 'closed'));
});

town.promise('whoever has chosen to hear hears at the next visit, once in, and a step now and then', async (scene) => {
  const prepare = (visitor) =>
    visitor.page.addInitScript(() => localStorage.setItem('metaverse.sound', 'sound-on')).then(() => visitor.page.addInitScript(listen));
  const mina = await scene.visitor('Mina', { prepare });
  assert.equal(await mina.page.evaluate(() => window.ear), undefined, 'the entry screen is silent');
  await mina.enter();
  await eventually('the city is heard', () => mina.page.evaluate(() => window.loudness() > 1e-4));
  const before = await mina.page.evaluate(() => window.bursts);
  await mina.walk(['KeyW'], 4);
  const steps = (await mina.page.evaluate(() => window.bursts)) - before;
  assert.ok(steps >= 3 && steps <= 7, `${steps} steps on four metres`);
});

town.promise('a tone leads to where one set out to go, also when steering by hand, until one is there', async (scene) => {
  const mina = await scene.guest('Mina', {
    path: '/downtown/seoul-plaza',
    prepare: (visitor) => visitor.page.addInitScript(listen),
  });
  const panel = await mina.openPanel('settings');
  await panel.getByRole('radio', { name: mina.text('sound-leading'), exact: true }).check();
  const tones = () => mina.page.evaluate(() => window.tones);
  assert.equal(await tones(), 0, 'nothing leads anywhere yet');
  const around = await mina.openPanel('around');
  const setOut = around.getByTestId('places-list').getByRole('button').nth(1);
  await setOut.click();
  await eventually('a tone sounds', async () => (await tones()) > 0);
  await mina.page.keyboard.press('Escape');
  await mina.walk(['KeyD'], 2);
  const byHand = await tones();
  await eventually('it sounds on', async () => (await tones()) > byHand);

  await mina.openPanel('around');
  await setOut.click();
  await mina.until('is on the way', ({ me }) => me.motion !== 'stand');
  await mina.still();
  const there = await tones();
  await mina.page.evaluate(seconds, 2);
  assert.equal(await tones(), there, 'it is silent there');
});

// In the page: so many seconds of its frames go by.
function seconds(count) {
  const from = performance.now();
  return new Promise((resolve) => {
    const frame = (now) => (now - from > count * 1_000 ? resolve() : requestAnimationFrame(frame));
    requestAnimationFrame(frame);
  });
}

// Puts an ear to whatever reaches the loudspeakers, and counts what is played once.
function listen() {
  const { connect } = AudioNode.prototype;
  AudioNode.prototype.connect = function tapped(to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      window.ear = new AnalyserNode(this.context);
      connect.call(this, window.ear);
    }
    return connect.call(this, to, ...rest);
  };
  window.tones = 0;
  const oscillate = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function counted(...when) {
    window.tones += 1;
    return oscillate.apply(this, when);
  };
  window.bursts = 0;
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function counted(...when) {
    if (!this.loop) window.bursts += 1;
    return start.apply(this, when);
  };
  window.loudness = () => {
    if (!window.ear) return 0;
    const samples = new Float32Array(window.ear.fftSize);
    window.ear.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };
}
