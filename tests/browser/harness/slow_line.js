// A slow line before a relay, for everything that a browser asks of it, workers and sockets included: what a browser itself can
// be told to slow is only what its page asks.

import { once } from 'node:events';
import net from 'node:net';

// Bytes each way in pieces of this size, so that several connections share the line.
const PIECE = 16 * 1024;

// A line to a relay with so many bits a second down, and a time there and back in milliseconds. `close()` ends it.
export async function slowLine(relay, { bitsPerSecond, roundTripMs }) {
  let free = 0;
  const sockets = new Set();

  // Passes on what `from` says to `to`, as late as the line makes it.
  const pass = (from, to, limited) => {
    let last = Promise.resolve();
    // A connection is made with a greeting there and back, which nobody sees here.
    let greeted = limited;
    from.on('data', (data) => {
      for (let at = 0; at < data.length; at += PIECE) {
        const piece = data.subarray(at, at + PIECE);
        const now = performance.now();
        if (limited) free = Math.max(free, now) + (piece.length * 8000) / bitsPerSecond;
        const due = (limited ? free : now) + roundTripMs * (greeted ? 0.5 : 1.5);
        greeted = true;
        const before = last;
        last = new Promise((resolve) => {
          setTimeout(() => before.then(() => {
            if (!to.destroyed) to.write(piece);
            resolve();
          }), due - now);
        });
      }
    });
    from.on('end', () => last.then(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    sockets.add(from);
  };

  const server = net.createServer((browser) => {
    const onward = net.connect(relay.port, '127.0.0.1');
    pass(browser, onward, false);
    pass(onward, browser, true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
