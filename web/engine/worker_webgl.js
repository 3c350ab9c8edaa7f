// Starts the engine's build for WebGL2 where this device can draw with it, and hands it the page's messages in their order:
// also those that came before it was there. Where it cannot, the build is not fetched, and the page is told why.

const early = [];
self.onmessage = (event) => early.push(event.data);

// The page hears of what fails as an error of its worker.
start().catch((error) => reportError(error));

async function start() {
  if (!(await canDraw())) {
    self.postMessage('nothing here draws with WebGL2');
    return;
  }
  // Module and bindings come at the same time, not one after the other.
  const module = fetch(new URL('engine_webgl_bg.wasm', import.meta.url));
  const { default: init, receive } = await import('./engine_webgl.js');
  await init({ module_or_path: module });
  self.onmessage = (event) => receive(event.data);
  early.splice(0).forEach((message) => receive(message));
}

// Asked for a real context, which waits for the graphics process: here, where it keeps nobody from clicking.
async function canDraw() {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(context);
}
