// Someone in front of a page: opens it, comes in, walks and talks by what is to be seen there, and can be asked what
// the page's model knows (`window.metaverse.state()`).

import { eventually } from './eventually.js';
import { text } from './texts.js';

export class Visitor {
  // Everything that went wrong in the page: errors, refused content, uncaught exceptions.
  complaints = [];
  #tolerated = [];

  constructor(page, context, relay, { language, name }) {
    this.page = page;
    this.context = context;
    this.relay = relay;
    this.language = language;
    this.name = name;
    this.watch(page);
  }

  watch(page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.stack ?? error}`));
    page.on('crash', () => this.complaints.push('the page crashed'));
  }

  // Errors that belong to what the test does, such as a connection that it cut.
  tolerate(pattern) {
    this.#tolerated.push(pattern);
  }

  unexpected() {
    return this.complaints.filter((complaint) => !this.#tolerated.some((pattern) => pattern.test(complaint)));
  }

  // A text of the interface or the city in the visitor's language.
  text(key, values) {
    return text(this.language, key, values);
  }

  // Opens a path of the relay, or a whole address by which it is reached; done when the page can be used.
  async open(path) {
    await this.page.goto(new URL(path, this.relay.url).href);
    // The first screen has the button, too; the name comes with the shell.
    await this.nameField.waitFor();
  }

  // The shell's; for a moment the one that the relay wrote is there, too.
  get enterButton() {
    const named = this.page.getByRole('button', { name: this.text('entry-enter'), exact: true });
    return this.page.getByTestId('enter').and(named);
  }

  // The one that the relay wrote, until the shell's own can be seen.
  get earlyButton() {
    return this.page.locator('#enter-early');
  }

  get nameField() {
    return this.page.getByRole('textbox', { name: this.text('name-label'), exact: true });
  }

  // Comes in as `name` through the entry screen.
  async enter(name = this.name) {
    await this.nameField.fill(name);
    await this.enterButton.click();
    await this.isIn();
  }

  async isIn(within = 30_000) {
    await this.until('is in', (state) => state.connection === 'in' && state.me?.present, { within });
  }

  state() {
    return this.page.evaluate(() => window.metaverse?.state() ?? null);
  }

  // Waits until the page's model is so; gives back the state that was.
  until(what, isSo, options = {}) {
    const ask = async () => {
      const state = await this.state();
      return state && isSo(state) ? state : null;
    };
    const tell = () => this.state();
    return eventually(`${this.name}: ${what}`, ask, { tell, ...options });
  }

  // The stage shows. Compiling its shaders takes long where a processor does it.
  showsStage(within = 90_000) {
    return this.until('the stage shows', (state) => state.view === 'stage' && state.drawn > 0, { within });
  }

  // How someone else's figure is seen, by name.
  async sees(other, options) {
    const state = await this.until(`sees ${other}`, (now) => figureOf(now, other), options);
    return figureOf(state, other);
  }

  // Where the visitor stands once nothing moves any more.
  async still() {
    let last = null;
    const state = await this.until('stands still', (now) => {
      const same = last && now.me.x === last.x && now.me.z === last.z && ['stand', 'astride'].includes(now.me.motion);
      last = now.me;
      return same;
    });
    return state.me;
  }

  // Holds keys (named by their place on the keyboard) until so many metres are behind; done when still.
  async walk(keys, metres) {
    const from = (await this.state()).me;
    for (const key of keys) await this.page.keyboard.down(key);
    await this.until(`walks ${metres} m`, ({ me }) => distance(me, from) >= metres, { within: 45_000 });
    for (const key of keys) await this.page.keyboard.up(key);
    return this.still();
  }

  // Opens a panel by its button: around, talk, gestures, help or settings.
  async openPanel(name) {
    const panel = this.page.getByTestId(`panel-${name}`);
    if (!(await panel.isVisible())) await this.page.getByTestId(name).click();
    await panel.waitFor();
    return panel;
  }

  // Says a line in the chat; `reach` is near or place.
  async say(line, reach = 'near') {
    const panel = await this.openPanel('talk');
    await panel.getByRole('radio', { name: this.text(`reach-${reach}`) }).check();
    await this.sayField.fill(line);
    await this.sayField.press('Enter');
  }

  get sayField() {
    return this.page.getByRole('textbox', { name: this.text('talk-label'), exact: true });
  }

  // Waits until the chat has a line of someone's.
  async hears(who, line) {
    const panel = await this.openPanel('talk');
    const item = panel.getByRole('listitem').filter({ hasText: who }).filter({ hasText: line });
    await item.first().waitFor();
    return item;
  }
}

// A figure of a state, by the name of its person.
export function figureOf(state, name) {
  return state.figures.find((figure) => figure.whose === 'person' && figure.name === name);
}

export function distance(a, b) {
  return Math.hypot(a.x - b.x, a.z - b.z);
}
