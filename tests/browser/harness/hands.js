// Three ways to do the same: by what a screen reader is given, by thumbs, and by the keyboard alone. Each knows things by role
// and name, and hears what the page's live region says.

import { tree } from './access.js';
import { eventually } from './eventually.js';

// Beyond that many stops the focus goes in circles.
const MOST_STOPS = 120;

// What the space bar chooses, where Enter would not.
const CHOSEN_BY_SPACE = ['radio', 'checkbox'];

// The accessibility tree and nothing else: things are found, focused, pressed and read there.
export class Reader {
  constructor(page) {
    this.page = page;
  }

  async press(role, name) {
    await this.#focus(role, name);
    await this.page.keyboard.press(CHOSEN_BY_SPACE.includes(role) ? 'Space' : 'Enter');
  }

  async write(role, name, words) {
    await this.#focus(role, name);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
  }

  async finds(role, name) {
    const look = async () => (await tree(this.page)).find((node) => node.role === role && node.name === name);
    const tell = async () => (await tree(this.page)).filter((node) => node.name && node.role !== 'InlineTextBox').map((node) => `${node.role} ${node.name}`);
    return eventually(`the tree has a ${role} "${name}"`, look, { tell });
  }

  async hears(words) {
    await eventually(`the tree says ${words}`, async () => (await this.said(words)) > 0, { within: 60_000 });
  }

  // How often something stands in the tree as a text of its own.
  async said(words) {
    return (await tree(this.page)).filter((node) => node.role === 'StaticText' && node.name.includes(words)).length;
  }

  async #focus(role, name) {
    const { id } = await this.finds(role, name);
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('DOM.focus', { backendNodeId: id });
    await session.detach();
  }
}

// What thumbs and keys have in common: eyes.
class Eyes {
  constructor(page) {
    this.page = page;
  }

  finds(role, name) {
    return this.named(role, name).waitFor();
  }

  named(role, name) {
    return this.page.getByRole(role, { name, exact: true });
  }

  hears(words) {
    return this.page.getByTestId('live').getByText(words).first().waitFor({ state: 'attached', timeout: 60_000 });
  }

  said(words) {
    return this.page.locator('body').getByText(words).count();
  }
}

export class Thumbs extends Eyes {
  press(role, name) {
    return this.named(role, name).tap();
  }

  // The phone's own keyboard writes into the field that was tapped.
  async write(role, name, words) {
    await this.named(role, name).tap();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(words);
  }
}

export class Keys extends Eyes {
  async press(role, name) {
    await this.#tabTo(role, name);
    await this.page.keyboard.press(CHOSEN_BY_SPACE.includes(role) ? 'Space' : 'Enter');
  }

  async write(role, name, words) {
    await this.#tabTo(role, name);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(words);
  }

  async #tabTo(role, name) {
    await this.finds(role, name);
    const hasFocus = () => this.named(role, name).evaluate((element) => element === document.activeElement);
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await hasFocus()) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never gets to the ${role} "${name}"`);
  }
}
