// A network as some offices and schools have it: pages pass, WebSockets do not.

import { once } from 'node:events';
import http from 'node:http';

// Everything but upgrades is passed on to a relay; those are refused, or `swallowed`: never answered. `close()` ends it.
export async function blockWebSockets(relay, { swallowed = false } = {}) {
  const server = http.createServer((request, response) => {
    const { method, headers, url } = request;
    const onward = http.request({ port: relay.port, host: '127.0.0.1', method, headers, path: url }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const kept = new Set();
  server.on('upgrade', (_, socket) => {
    if (swallowed) kept.add(socket.on('error', () => {}));
    else socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of kept) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
