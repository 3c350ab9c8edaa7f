// Debian's own Firefox, driven over WebDriver BiDi. Playwright drives only builds of its own; Puppeteer takes this one.

import { existsSync } from 'node:fs';

import puppeteer from 'puppeteer-core';

const EXECUTABLE = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export const isInstalled = existsSync(EXECUTABLE);

export async function launch() {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: EXECUTABLE,
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US', 'webgl.force-enabled': true },
  });
  return new Firefox(browser, await browser.newPage());
}

class Firefox {
  complaints = [];

  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  open(url) {
    return this.page.goto(url);
  }

  // The value of a JavaScript expression in the page.
  evaluate(expression) {
    return this.page.evaluate(`(${expression})`);
  }

  async click(xpath) {
    await this.element(xpath).click();
  }

  // Replaces what a field holds, as hands do: the page would put back what it did not hear of.
  async type(xpath, text) {
    const field = await this.element(xpath).waitHandle();
    await field.focus();
    await field.evaluate((input) => input.select());
    await this.page.keyboard.type(text);
  }

  // Puppeteer asks whether an element is enabled by a function of a text, which the page's policy forbids.
  element(xpath) {
    return this.page.locator(`::-p-xpath(${xpath})`).setWaitForEnabled(false);
  }

  async press(key) {
    await this.page.keyboard.press(key);
  }

  screenshot(path) {
    return this.page.screenshot({ path });
  }

  close() {
    return this.browser.close();
  }
}
