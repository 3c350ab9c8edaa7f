// The bundle's worker with WebGL2, told to hold back: it reports a frame when it has been handed over, and leaves it to the browser not to
// take more than are drawn (see `queue.js`).

import { Queue } from './queue.js';

const HANDED_OVER = 1;

const early = [];
self.onmessage = (event) => early.push(event);

let queue;
const { getContext } = OffscreenCanvas.prototype;
OffscreenCanvas.prototype.getContext = function (...args) {
  const context = getContext.apply(this, args);
  if (context) queue = new Queue(context);
  return context;
};

const report = self.postMessage.bind(self);
self.postMessage = (message) => {
  if (message[0] === HANDED_OVER) {
    queue.add();
    queue.wait();
  }
  report(message);
};

// The page wants to know when the last one has been drawn. The engine lets pass what it does not know.
self.addEventListener('message', ({ data }) => {
  if (!data.drain) return;
  queue.wait(0);
  report('drained');
});

await import(new URL(location.href).searchParams.get('engine'));
early.forEach((event) => self.onmessage(event));
