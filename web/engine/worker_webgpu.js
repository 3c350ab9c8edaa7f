// Starts the engine's build for WebGPU, and hands it the page's messages in their order: also those that came before it was there.
import init, { receive } from './engine_webgpu.js';

const early = [];
self.onmessage = (event) => early.push(event.data);

init().then(
  () => {
    self.onmessage = (event) => receive(event.data);
    early.splice(0).forEach((message) => receive(message));
  },
  // The page hears of it as an error of its worker.
  (error) => reportError(error),
);
