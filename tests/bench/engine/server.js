// Serves the pages: our bundle at the root, and below it the pages, the scene and three.js.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };

const HERE = import.meta.dirname;

// Listens on a port of its own; its address, and what ends it.
export async function serve({ dist, scene }) {
  const folders = [['/page/', path.join(HERE, 'page')], ['/three/', path.join(HERE, 'node_modules/three')], ['/scene/', scene], ['/', dist]];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const [prefix, folder] = folders.find(([prefix]) => pathname.startsWith(prefix));
    const file = path.join(folder, path.normalize(pathname.slice(prefix.length - 1)));
    const isThere = await stat(file).then((found) => found.isFile(), () => false);
    if (!isThere) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  };
}
