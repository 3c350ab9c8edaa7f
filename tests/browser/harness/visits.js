// Visits to every screen of the page. Each is a generator that stops at one screen after the other and says its name and who
// is in front of it: for whoever looks at all of them, be it with axe or with a camera.
//
// `come(options)` opens the page for the visitor whose visit it is; `scene` gives the others.

import { eventually } from './eventually.js';

const PLAZA = '/downtown/seoul-plaza';

// Noon, so that pictures of one screen look alike whenever they are made.
const NOON = `${PLAZA}?hour=12`;

// Opened, whatever the screen is: not each has a field for the name.
const UNASKED = { prepare: (visitor) => Object.assign(visitor, { open: (path) => visitor.page.goto(new URL(path, visitor.relay.url).href) }) };

export const VISITS = {
  async *entry({ come }) {
    const first = await come({ path: null });
    await first.page.route('**/shell-*.wasm', () => {});
    await first.page.goto(new URL(NOON, first.relay.url).href, { waitUntil: 'commit' });
    await first.earlyButton.waitFor();
    yield ['first', first];
    const mina = await come({ path: NOON });
    yield ['entry', mina];
    await mina.page.getByText(mina.text('entry-look'), { exact: true }).click();
    await mina.page.locator('.choice').last().waitFor();
    await mina.page.locator('.entry-look').evaluate((look) => look.scrollIntoView());
    yield ['wardrobe', mina];
  },

  async *around({ come, scene }) {
    const friend = await company(scene);
    const mina = await come({ path: NOON });
    await mina.enter();
    await mina.sees(friend.name);
    yield ['world', mina];
    const panel = await mina.openPanel('around');
    await panel.getByTestId('describe').click();
    await panel.getByTestId('narration').getByText(friend.name).waitFor();
    yield ['words', mina];
    await panel.getByRole('button', { name: mina.text('person-more-about', { name: friend.name }) }).click();
    await panel.getByTestId('person').scrollIntoViewIfNeeded();
    yield ['people', mina];
    await panel.getByTestId('places-list').evaluate((list) => list.previousElementSibling.scrollIntoView());
    yield ['places', mina];
    await panel.getByText(mina.text('around-qr'), { exact: true }).click();
    const code = panel.getByRole('img', { name: mina.text('around-qr'), exact: true });
    await code.scrollIntoViewIfNeeded();
    await mina.page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await code.elementHandle());
    yield ['sharing', mina];
    // Who reads the city's own language needs no card.
    if (mina.language === 'ko') return;
    await panel.getByTestId('show-taxi').click();
    await mina.page.getByRole('dialog').waitFor();
    yield ['taxi', mina];
  },

  async *years({ come }) {
    const mina = await come({ path: '/donuimun/donuimun-site?hour=12' });
    await mina.enter();
    await mina.page.getByTestId('year').fill('0');
    await mina.until('is in 1900', ({ place, me }) => place === 'donuimun-1900' && me.present);
    yield ['years', mina];
  },

  // What shows itself where one stands.
  async *hand({ come, scene }) {
    const guest = await come({ path: '/downtown/jongmyo-jeongjeon?hour=12' });
    await guest.enter();
    await guest.page.getByTestId('act').waitFor();
    yield ['rite', guest];
    const friend = await company(scene);
    const mina = await come({ path: NOON });
    await mina.enter();
    await mina.page.keyboard.down('KeyD');
    await mina.page.getByTestId('bicycle').waitFor();
    await mina.page.keyboard.up('KeyD');
    await mina.still();
    yield ['bicycle', mina];
    await mina.sees(friend.name);
    const panel = await mina.openPanel('around');
    yield ['beside', mina];
    await panel.getByRole('button', { name: mina.text('person-more-about', { name: friend.name }) }).click();
    await panel.getByRole('button', { name: mina.text('person-follow'), exact: true }).click();
    await mina.page.getByTestId('company').waitFor();
    await mina.page.keyboard.press('Escape');
    yield ['company', mina];
  },

  async *talk({ come, scene }) {
    const friend = await company(scene);
    const mina = await come({ path: NOON });
    await mina.enter();
    await friend.say('안녕하세요, 어디서 왔어요?', 'place');
    await mina.openPanel('gestures');
    yield ['greetings', mina];
    await mina.page.getByTestId('topic-food').click();
    await mina.page.getByTestId('phrase-vegetarian').waitFor();
    yield ['phrases', mina];
    await mina.page.getByTestId('phrase-vegetarian').click();
    await mina.hears(friend.name, '안녕하세요');
    await mina.hears('', mina.text('phrase-vegetarian'));
    yield ['talk', mina];
  },

  async *settings({ come }) {
    const mina = await come({ path: NOON });
    await mina.enter();
    await mina.openPanel('settings');
    yield ['settings', mina];
    await mina.page.getByRole('radio', { name: mina.text('colours-high') }).scrollIntoViewIfNeeded();
    yield ['modes', mina];
  },

  async *help({ come }) {
    const mina = await come({ path: NOON });
    await mina.enter();
    const panel = await mina.openPanel('help');
    yield ['help', mina];
    const opened = mina.context.waitForEvent('page');
    await panel.getByRole('link', { name: mina.text('help-rules'), exact: true }).click();
    const page = await opened;
    await page.getByRole('heading', { level: 1 }).waitFor();
    yield ['rules', Object.assign(Object.create(mina), { page })];
  },

  async *easy({ come }) {
    const mina = await come({ path: `${NOON}&easy`, ...UNASKED });
    await mina.page.getByTestId('easy-off').waitFor();
    yield ['easy-entry', mina];
    await mina.enterButton.click();
    await mina.isIn();
    await mina.page.getByTestId('easy-to-walk').waitFor();
    yield ['easy-home', mina];
    for (const sheet of ['walk', 'go', 'say', 'around', 'practice']) {
      await mina.page.getByTestId(`easy-to-${sheet}`).click();
      await mina.page.getByTestId(`easy-to-${sheet}`).waitFor({ state: 'detached' });
      yield [`easy-${sheet}`, mina];
      await mina.page.getByTestId('easy-undo').click();
      await mina.page.getByTestId('easy-to-walk').waitFor();
    }
  },

  async *kiosk({ come, mode }) {
    // It stands upright and is large, whatever else is looked at.
    const screen = await come({ size: 'kiosk', path: `${NOON}&kiosk=lobby&idle=600&lang=${mode.language}`, ...UNASKED });
    const { page } = screen;
    await page.getByTestId('clock').waitFor();
    yield ['kiosk-waiting', screen];
    await page.getByTestId('begin').click();
    await screen.isIn();
    // It keeps no choice of anyone's: its own buttons stand for them.
    const root = (key) => page.evaluate((name) => document.documentElement.dataset[name], key);
    if (mode.colours === 'high') {
      await page.getByTestId('kiosk-contrast').click();
      await eventually('high contrast', async () => (await root('colours')) === 'high');
    }
    while ((await root('text')) !== (mode.text ?? '100')) {
      const before = await root('text');
      await page.getByTestId('kiosk-larger').click();
      await eventually('larger text', async () => (await root('text')) !== before);
    }
    yield ['kiosk', screen];
    await screen.openPanel('talk');
    await screen.sayField.click();
    await page.getByTestId('keyboard').waitFor();
    yield ['kiosk-keyboard', screen];
  },

  async *stage({ come, scene }) {
    const friend = await company(scene);
    const mina = await come({ path: NOON });
    await mina.enter();
    await mina.showsStage();
    await mina.sees(friend.name);
    yield ['stage', mina];
  },

  async *host({ come, scene }) {
    const friend = await company(scene);
    const hana = await come({ path: (await scene.relay.invite('host', 'downtown')).replace('#', '?hour=12#') });
    await hana.enter();
    await hana.sees(friend.name);
    // The notice that tells of the role lies over the panel, for some seconds.
    await hana.page.getByTestId('notice').waitFor({ state: 'detached' });
    const panel = await hana.openPanel('host');
    await panel.getByRole('textbox').fill('12:00');
    yield ['host', hana];
    await hana.openPanel('around');
    await hana.page.getByRole('button', { name: hana.text('person-more-about', { name: friend.name }) }).click();
    await hana.page.getByTestId('person').scrollIntoViewIfNeeded();
    yield ['levers', hana];
  },

  // Someone calls for a helper, and is no longer there afterwards.
  async *helper({ come, scene }) {
    const hana = await come({ path: (await scene.relay.invite('helper', 'downtown')).replace('#', '?hour=12#') });
    await hana.enter();
    await hana.page.getByTestId('notice').waitFor({ state: 'detached' });
    const lost = await scene.guest('도윤', { language: 'ko', path: `${NOON}&view=map` });
    const help = await lost.openPanel('help');
    await help.getByTestId('call-helper').click();
    await hana.page.getByTestId('help-call').getByText('도윤').first().waitFor();
    await hana.sees('도윤');
    yield ['call', hana];
    await lost.context.close();
  },

  async *trouble({ come }) {
    const mina = await come({ path: null });
    mina.tolerate(/status of 404/);
    await mina.page.goto(new URL('/downtown/nowhere?hour=12', mina.relay.url).href, { waitUntil: 'commit' });
    await mina.nameField.waitFor();
    await mina.page.getByTestId('missing').waitFor();
    yield ['missing', mina];
    const line = await cutLine(mina.page);
    await mina.open(NOON);
    await mina.enter();
    line.cut();
    await mina.page.locator('.connection.is-away').waitFor();
    yield ['lost', mina];
  },
};

// A page's line to its relay, which can be cut and stays so.
async function cutLine(page) {
  let isCut = false;
  const sockets = [];
  await page.routeWebSocket('**/ws', (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    sockets.push(socket);
  });
  return {
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.close();
    },
  };
}

const companies = new WeakMap();

// Someone else at the plaza, one for all visits of a scene.
function company(scene) {
  if (!companies.has(scene)) companies.set(scene, scene.guest('지호', { language: 'ko', path: `${NOON}&view=map` }));
  return companies.get(scene);
}
