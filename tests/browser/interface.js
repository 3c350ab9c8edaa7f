// Pictures of every screen in every mode, and docs/interface.md around them: `cargo xtask interface`. No test: a picture is
// for eyes. With names of visits as arguments only those are made anew.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { launch } from './harness/chromium.js';
import { Scene } from './harness/city.js';
import { eventually } from './harness/eventually.js';
import { inMode } from './harness/modes.js';
import { Relay } from './harness/relay.js';
import { text } from './harness/texts.js';
import { VISITS } from './harness/visits.js';

const DOCS = path.resolve(import.meta.dirname, '../../docs');
const FOLDER = 'images/interface';

const WEBP = { format: 'webp', quality: 60 };
const JPEG = { format: 'jpeg', quality: 82 };

// Frames in which the place around has grown and its shaders are there.
const GROWN_FRAMES = 60;

// What the visitor whose picture it is looks like, and is called in each language.
const LOOK = '1,4,1,2,5,7,0,0,0,0,0,0';
const NAMES = { ko: '민아', en: 'Mina', ja: 'ミナ', 'zh-Hans': '米娜' };

// Sections of the page; in each, visits in a mode, and what is photographed on the way with what it shows.
const SECTIONS = [
  ['Coming in', 'One large button; everything else can wait. The first screen is there before any script has run.', [
    ['entry', { language: 'en' }, { first: 'The first screen, as the relay writes it', wardrobe: 'The wardrobe' }],
    ['entry', { language: 'ko', size: 'phone', colours: 'dark' }, { entry: 'The entry screen', wardrobe: 'The wardrobe' }],
    ['entry', { language: 'zh-Hans', size: 'sideways' }, { entry: 'The entry screen' }],
    ['entry', { language: 'ja', colours: 'high', text: '200' }, { entry: 'The entry screen' }],
    ['trouble', { language: 'en', size: 'phone' }, { missing: 'A link that leads nowhere', lost: 'The connection is lost' }],
  ]],
  ['In the place', 'The stage where a browser can draw it, the map everywhere; where one is above, what one can do below.', [
    ['stage', { language: 'ko' }, { stage: 'The stage' }],
    ['stage', { language: 'en', size: 'phone', colours: 'dark' }, { stage: 'The stage' }],
    ['around', { language: 'en' }, { world: 'The map' }],
    ['around', { language: 'ja', size: 'phone', colours: 'dark' }, { world: 'The map', taxi: 'For a taxi driver' }],
    ['around', { language: 'zh-Hans', colours: 'high' }, { world: 'The map', words: 'In words' }],
    ['around', { language: 'ko', size: 'sideways' }, { world: 'The map', places: 'Places' }],
    ['years', { language: 'ko', size: 'phone' }, { years: 'A site as it once was' }],
    ['hand', { language: 'en', colours: 'dark' }, { rite: 'A rite, and the caption of its act', bicycle: 'A bicycle at hand', company: 'Walking along with someone' }],
    ['hand', { language: 'ko', size: 'phone' }, { rite: 'A rite, and the caption of its act', bicycle: 'A bicycle at hand' }],
  ]],
  ['Around', 'Who and what is around, in words and with the way there; the spot for others.', [
    ['around', { language: 'en', colours: 'dark' }, { words: 'In words', people: 'People', taxi: 'For a taxi driver' }],
    ['around', { language: 'zh-Hans', size: 'phone' }, { places: 'Places', sharing: 'Sharing the spot' }],
    ['around', { language: 'ja', size: 'phone', text: '200' }, { words: 'In words', people: 'People' }],
  ]],
  ['Talking', 'Chat, gestures, and phrases that arrive in each reader’s own language.', [
    ['talk', { language: 'ko' }, { greetings: 'Gestures', talk: 'The chat' }],
    ['talk', { language: 'en', size: 'phone', colours: 'dark' }, { phrases: 'Phrases', talk: 'The chat' }],
    ['talk', { language: 'ja', colours: 'high', text: '150' }, { phrases: 'Phrases' }],
  ]],
  ['Settings, help and plain pages', 'Each setting takes effect at once. The plain pages have no script.', [
    ['settings', { language: 'en' }, { settings: 'Settings' }],
    ['settings', { language: 'ko', size: 'phone', colours: 'high' }, { modes: 'Settings: colours and text size' }],
    ['help', { language: 'ja' }, { help: 'Help' }],
    ['help', { language: 'zh-Hans', size: 'sideways', colours: 'dark' }, { help: 'Help', rules: 'Rules of use' }],
    ['help', { language: 'en', size: 'phone', text: '200' }, { help: 'Help', rules: 'Rules of use' }],
  ]],
  ['Easy mode', 'One question at a time, with picture and word, nothing to type, and always a way back.', [
    ['easy', { language: 'en' }, { 'easy-home': 'The question', 'easy-go': 'Being taken somewhere', 'easy-practice': 'The practice' }],
    ['easy', { language: 'ko', size: 'phone' }, { 'easy-entry': 'Coming in', 'easy-home': 'The question', 'easy-walk': 'Walking' }],
    ['easy', { language: 'ja', size: 'phone', colours: 'high', text: '200' }, { 'easy-say': 'Saying something' }],
    ['easy', { language: 'zh-Hans', size: 'sideways', colours: 'dark' }, { 'easy-around': 'What is around' }],
  ]],
  ['Kiosk', 'A screen in public, upright: it waits, is used, and has a keyboard of its own.', [
    ['kiosk', { language: 'ko', size: 'kiosk' }, { 'kiosk-waiting': 'It waits', kiosk: 'In use', 'kiosk-keyboard': 'Its keyboard' }],
    ['kiosk', { language: 'en', size: 'kiosk', colours: 'high', text: '150' }, { kiosk: 'In use' }],
  ]],
  ['Hosts and helpers', 'Who runs the place has a seventh button, and more beside each name. Whoever helps is told who calls, wherever in the city.', [
    ['host', { language: 'en' }, { host: 'The host’s panel' }],
    ['host', { language: 'ko', size: 'phone', colours: 'dark' }, { levers: 'What a host can do about someone' }],
    ['helper', { language: 'en', size: 'phone' }, { call: 'Someone calls for a helper' }],
    ['helper', { language: 'ja', colours: 'dark' }, { call: 'Someone calls for a helper' }],
  ]],
];

const wanted = process.argv.slice(2);
await mkdir(path.join(DOCS, FOLDER), { recursive: true });
for (const kind of ['no-gpu', 'webgl2']) {
  const visits = SECTIONS.flatMap(([, , all]) => all).filter(([visit]) => (visit === 'stage') === (kind === 'webgl2'));
  const chosen = visits.filter(([visit]) => wanted.length === 0 || wanted.includes(visit));
  const readme = kind === 'webgl2' && (wanted.length === 0 || wanted.includes('readme'));
  if (chosen.length === 0 && !readme) continue;
  const { browser, context } = await launch(kind);
  try {
    for (const [visit, mode, shown] of chosen) {
      await make({ browser, context }, visit, mode, async (screen, visitor) => {
        if (shown[screen]) await photograph(visitor, file(screen, mode), WEBP);
      });
    }
    if (readme) {
      await make({ browser, context }, 'stage', { language: 'en', quality: 'quality-high' }, (_, visitor) => photograph(visitor, 'images/page.jpg', JPEG));
    }
  } finally {
    await browser.close();
  }
}
await writeFile(path.join(DOCS, 'interface.md'), page());

// One visit, with a relay of its own: nobody from before is there.
async function make(town, visit, mode, photographed) {
  const relay = await Relay.start();
  const scene = new Scene({ ...town, relay }, { diagnostic: console.log });
  try {
    const name = NAMES[mode.language];
    const kept = { 'metaverse.name': name, 'metaverse.look': LOOK };
    const come = (options) => scene.visitor(name, inMode({ ...mode, ...options, kept }));
    for await (const [screen, visitor] of VISITS[visit]({ scene, mode, come })) await photographed(screen, visitor);
  } finally {
    await scene.close();
    await relay.stop();
  }
}

async function photograph(visitor, name, options) {
  // Nothing is to look as if a pointer were over it.
  await visitor.page.mouse.move(0, 0);
  const session = await visitor.context.newCDPSession(visitor.page);
  const take = async () => Buffer.from((await session.send('Page.captureScreenshot', options)).data, 'base64');
  const state = await visitor.state();
  if (state?.view === 'stage') await sharpens(visitor, take);
  const picture = await take();
  await writeFile(path.join(DOCS, name), picture);
  console.log(`${name}: ${Math.round(picture.length / 1000)} KB`);
}

// The engine paints a picture sharp strip by strip: it is done when there is nothing more to tell of it.
async function sharpens(visitor, take) {
  await visitor.until('the place has grown', ({ drawn }) => drawn > GROWN_FRAMES, { within: 180_000 });
  let sizes = [];
  await eventually('the picture is sharp', async () => {
    sizes = [...sizes.slice(-7), (await take()).length];
    return sizes.length === 8 && Math.max(...sizes) < Math.min(...sizes) * 1.03;
  }, { within: 180_000 });
}

function file(screen, { language, size = 'desktop', colours = 'light', text: percent = '100' }) {
  return `${FOLDER}/${[screen, language, size, colours, percent].join('-')}.webp`;
}

function page() {
  const parts = [
    '# The interface',
    'Every screen, each in some of the languages, sizes, colours and sizes of text in which all of them can be had. The pictures are taken\n'
      + 'from the page itself at noon, without a graphics card. Made by `cargo xtask interface`.',
  ];
  for (const [title, told, visits] of SECTIONS) {
    parts.push(`## ${title}`, told);
    for (const [, mode, shown] of visits) {
      const screens = Object.entries(shown);
      const heads = screens.map(([, what]) => `${what}<br>${modeInWords(mode)}`);
      const pictures = screens.map(([screen, what]) => `![${what}](${file(screen, mode)})`);
      parts.push([heads, screens.map(() => '---'), pictures].map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function modeInWords({ language, size = 'desktop', colours = 'light', text: percent = '100' }) {
  const sizes = { desktop: 'desktop', phone: 'phone', sideways: 'phone on its side', kiosk: 'kiosk' };
  const texts = percent === '100' ? [] : [`text ${percent} %`];
  return [text(language, 'language-name'), sizes[size], colours === 'high' ? 'high contrast' : colours, ...texts].join(', ');
}
