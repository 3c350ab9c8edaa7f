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

await import(new URL(location.href).searchParams.get('engine'));
early.forEach((event) => self.onmessage(event));
