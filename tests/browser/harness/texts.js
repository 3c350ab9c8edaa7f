// The texts that a visitor reads, from the very files that the relay serves: a test names what is meant, not how it is
// worded. Only plain messages and their `{ $values }` are understood, which is what tests name; one of several forms is named by
// its key as well: `people-here[0]`.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const ASSETS = path.resolve(import.meta.dirname, '../../../assets');

const read = new Map();

export function text(language, key, values = {}) {
  if (!read.has(language)) read.set(language, messages(language));
  const pattern = read.get(language).get(key);
  if (pattern === undefined) throw new Error(`no text ${key} in ${language}`);
  return pattern.replace(/\{ *\$(\w+) *\}/g, (_, name) => values[name]);
}

// Every language of the interface.
export function languages() {
  return readdirSync(`${ASSETS}/locales`);
}

function messages(language) {
  const found = new Map();
  for (const directory of [`${ASSETS}/locales/${language}`, `${ASSETS}/locales/${language}/relay`, `${ASSETS}/cities/seoul/locales/${language}`, `${ASSETS}/cities/hamlet/locales/${language}`]) {
    // The second city speaks fewer languages.
    if (!existsSync(directory)) continue;
    for (const name of readdirSync(directory).filter((file) => file.endsWith('.ftl'))) {
      const lines = readFileSync(path.join(directory, name), 'utf8').split('\n');
      let key = '';
      for (const line of lines) {
        const message = /^([a-z][\w-]*) = (.+)$/.exec(line);
        const form = /^ +\*?\[(\w+)\] (.+)$/.exec(line);
        if (message) found.set((key = message[1]), message[2].trim());
        if (form) found.set(`${key}[${form[1]}]`, form[2].trim());
      }
    }
  }
  return found;
}
