// Measures our engine beside three.js: each ring of people on each backend, everyone in turn, round after round. Figures go as lines
// of JSON to a file, pictures into a folder.
//
// node measure.js --dist dist --scene folder --results file.jsonl --pictures folder [--frames 600] [--rounds 3] [--people 100,500]
//                 [--backends webgl] [--only three] [--within 20]

import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { BACKENDS, HAS_CARD, launch } from './browser.js';
import { likeness } from './likeness.js';
import { serve } from './server.js';
import { browserMs, cores, machine } from './usage.js';

// As the scene's command `size` says.
const SIZE = { width: 640, height: 360 };

// What is drawn: all that a page of ours draws, the same with every figure finely, and three.js.
const CONTENDERS = { levels: 'contender=ours', finest: 'contender=ours&finest', three: 'contender=three' };

// Until everything is compiled, with one of the people; and until the levels have found their reach, with all of them.
const COMPILE_FRAMES = 40;
const WARM_FRAMES = { levels: 60, finest: 2, three: 2 };

const FOREVER_MS = 1e9;

// How often one may try until a round is not void.
const ATTEMPTS = 3;

// Above this part of its time the machine was not ours; with more than this part of a core used by others neither.
const STOLEN_AT_MOST = 0.02;
const OTHERS_AT_MOST = 0.1;

// The moment of the pictures that are compared, and the frames until levels have settled on it.
const MOMENT_S = 30;
const SETTLE_FRAMES = { levels: 30, finest: 2, three: 2 };

// How often a page is asked for nothing, to see what asking takes.
const ASKED = 10;

const list = (text) => text.split(',');

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string' },
    scene: { type: 'string' },
    results: { type: 'string' },
    pictures: { type: 'string' },
    frames: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '3' },
    people: { type: 'string', default: '0,100,500,1000,2000' },
    backends: { type: 'string', default: BACKENDS.join() },
    only: { type: 'string', default: Object.keys(CONTENDERS).join() },
    // Seconds that a round takes at most, which may be less than its frames need where there is no graphics card.
    within: { type: 'string', default: '6' },
  },
});

const site = await serve(options);
await mkdir(options.pictures, { recursive: true });
await mkdir(path.dirname(options.results), { recursive: true });
const revision = execFileSync('git', ['describe', '--always', '--dirty=, changed since', '--exclude=*'], { encoding: 'utf8' }).trim();
const only = list(options.only);
const rounds = Number(options.rounds);
const frames = Math.ceil(Number(options.frames) / rounds);

for (const backend of list(options.backends)) {
  const browser = await launch(backend);
  const session = await browser.newBrowserCDPSession();
  try {
    for (const people of list(options.people).map(Number)) {
      let pictures = {};
      for (let round = 0; round < rounds; round += 1) pictures = await turn(browser, session, backend, people, round);
      await compare(pictures, backend, people);
    }
  } finally {
    await browser.close();
  }
}
site.close();

// Everyone once, in an order that is another in each round; a picture of each.
async function turn(browser, session, backend, people, round) {
  const started = Math.floor(Date.now() / 1000);
  const pictures = {};
  for (let place = 0; place < only.length; place += 1) {
    const contender = only[(place + round) % only.length];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { picture, ...measured } = await withPage(browser, backend, people, contender, (page) => measure(page, session, contender, round === rounds - 1));
      pictures[contender] = picture;
      const figures = { kind: 'round', turn: started, revision, browser: browser.version(), card: HAS_CARD, backend, people, contender, ...measured };
      tell(figures);
      await keep(figures);
      if (!figures.void) break;
    }
  }
  return pictures;
}

async function measure(page, session, contender, isShown) {
  const run = (most, withinMs) => page.evaluate(async ([most, withinMs]) => (await window.bench).run(most, withinMs), [most, withinMs]);
  const adapter = await page.evaluate(async () => (await window.bench).adapter);
  await page.evaluate(async (frames) => (await window.bench).compile(frames), COMPILE_FRAMES);
  await run(WARM_FRAMES[contender], FOREVER_MS);
  const asking = await askingMs(session, run);
  const [before, own, used] = [await machine(), process.cpuUsage(), await browserMs(session)];
  const drawn = await run(frames, Number(options.within) * 1e3);
  const [after, ownSince, since] = [await machine(), process.cpuUsage(own), await browserMs(session)];
  const total = after.total - before.total;
  const stolen = (after.stolen - before.stolen) / total;
  const working = ((after.working - before.working) / total) * (await cores());
  const others = working - (since.all - used.all + (ownSince.user + ownSince.system) / 1e3) / drawn.ms;
  const picture = isShown && await page.evaluate(async ([moment, most]) => (await window.bench).picture(moment, most), [MOMENT_S, SETTLE_FRAMES[contender]]);
  return {
    adapter,
    frames: drawn.frames,
    frame_ms: drawn.ms / drawn.frames,
    page_ms: (since.page - used.page - asking) / drawn.frames,
    workers_ms: (since.workers - used.workers) / drawn.frames,
    drawing_ms: (since.drawing - used.drawing) / drawn.frames,
    draws: drawn.draws,
    triangles: drawn.triangles,
    stolen,
    others,
    void: voided(stolen, others),
    picture: picture && Buffer.from(picture, 'base64'),
  };
}

// What it takes of a page's thread to ask it for no frame at all, in milliseconds: where a frame takes seconds, that would show.
async function askingMs(session, run) {
  const { page: before } = await browserMs(session);
  for (let time = 0; time < ASKED; time += 1) await run(0, 0);
  const { page: after } = await browserMs(session);
  return (after - before) / ASKED;
}

function voided(stolen, others) {
  const percent = (part) => `${(part * 100).toFixed(0)} %`;
  if (stolen > STOLEN_AT_MOST) return `${percent(stolen)} stolen`;
  if (others > OTHERS_AT_MOST) return `others at ${percent(others)}`;
  return null;
}

// What levels of detail cost the picture. The pictures are kept, to be looked at.
async function compare(pictures, backend, people) {
  for (const [contender, picture] of Object.entries(pictures)) {
    await writeFile(path.join(options.pictures, `${backend}-${people}-${contender}.png`), picture);
  }
  if (!pictures.levels || !pictures.finest || people === 0) return;
  const ssim = likeness(pictures.levels, pictures.finest);
  console.log(`${backend}, ${people} people: levels of detail leave a picture within SSIM ${ssim.toFixed(4)}`);
  await keep({ kind: 'likeness', revision, backend, people, ssim });
}

async function withPage(browser, backend, people, contender, what) {
  const page = await browser.newPage({ viewport: SIZE, deviceScaleFactor: 1 });
  try {
    const wrong = new Promise((_, reject) => {
      page.on('pageerror', reject);
      page.on('crash', () => reject(new Error('the page crashed')));
    });
    await page.goto(`${site.address}/page/index.html?${CONTENDERS[contender]}&backend=${backend}&people=${people}`);
    const done = what(page);
    // What fails because of what went wrong is not told.
    done.catch(() => {});
    return await Promise.race([done, wrong]);
  } finally {
    await page.close();
  }
}

function tell({ backend, people, contender, frames: drawn, frame_ms: frame, page_ms: page, workers_ms: workers, drawing_ms: drawing, draws, triangles, void: why }) {
  const columns = [backend.padEnd(7), String(people).padStart(5), contender.padEnd(7), `${drawn} frames`.padStart(11), `${frame.toFixed(2)} ms`.padStart(11), `page ${page.toFixed(3)} ms`.padStart(15), `workers ${workers.toFixed(3)} ms`.padStart(18), `GPU process ${drawing.toFixed(2)} ms`.padStart(23), `${draws} draws`.padStart(9), `${triangles} triangles`.padStart(19)];
  console.log(columns.join(' '), why ? `void: ${why}` : '');
}

function keep(line) {
  return appendFile(options.results, `${JSON.stringify(line)}\n`);
}
