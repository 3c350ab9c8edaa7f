// Starts the engine's build for WebGPU where this device can draw with it, and hands it the page's messages in their order:
// also those that came before it was there. Where it cannot, the build is not fetched, and the page is told why.

const PATIENCE_MS = 8_000;

const early = [];
self.onmessage = (event) => early.push(event.data);

// The page hears of what fails as an error of its worker.
start().catch((error) => reportError(error));

async function start() {
  if (!(await canDraw())) {
    self.postMessage('nothing here draws with WebGPU');
    return;
  }
  // Module and bindings come at the same time, not one after the other.
  const module = fetch(new URL('engine_webgpu_bg.wasm', import.meta.url));
  const { default: init, receive } = await import('./engine_webgpu.js');
  await init({ module_or_path: module });
  self.onmessage = (event) => receive(event.data);
  early.splice(0).forEach((message) => receive(message));
}

// Asked for a real adapter, never by the presence of an interface; a busy graphics process has been seen never to answer.
async function canDraw() {
  const inAWhile = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  return Boolean(await Promise.race([navigator.gpu?.requestAdapter().catch(() => null), inAWhile]));
}
