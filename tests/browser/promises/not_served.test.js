// A page that no relay has served says so, and what to do.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';

import { city, LOCALES } from '../harness/city.js';
import { text } from '../harness/texts.js';

const DIST = process.env.DIST ?? path.resolve(import.meta.dirname, '../../../dist');

const KINDS = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

const town = city('no-gpu');

town.promise('a page from a mere file server says in every language what is wrong and what to do', async () => {
  const server = http.createServer((request, response) => {
    const name = request.url === '/' ? 'index.html' : path.basename(request.url);
    readFile(path.join(DIST, name)).then(
      (bytes) => response.writeHead(200, { 'content-type': KINDS[path.extname(name)] }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await town.browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    for (const language of Object.keys(LOCALES)) {
      const words = page.locator(`[lang="${language}"]`, { hasText: text(language, 'first-not-served') });
      await words.last().waitFor();
      assert.ok(await words.last().isVisible());
    }
  } finally {
    await page.close();
    server.close();
  }
});
