// Starts the build of the engine that this worker is named after, where this device can draw with it, and hands it the
// page's messages in their order: also those that came before it was there. Where it cannot, the build is not fetched, and
// the page is told why.

const PATIENCE_MS = 8_000;

const canDraw = {
  // Asked for a real adapter, never by the presence of an interface; a busy graphics process has been seen never to answer.
  async webgpu() {
    const inAWhile = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    return Boolean(await Promise.race([navigator.gpu?.requestAdapter().catch(() => null), inAWhile]));
  },
  // Asked for a real context, which waits for the graphics process: here, where it keeps nobody from clicking.
  async webgl() {
    const context = new OffscreenCanvas(1, 1).getContext('webgl2');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return Boolean(context);
  },
};

const build = self.name;
const early = [];
self.onmessage = (event) => early.push(event.data);

// The page hears of what fails as an error of its worker.
start().catch((error) => reportError(error));

async function start() {
  if (!(await canDraw[build]())) {
    self.postMessage(`nothing here draws with ${build}`);
    return;
  }
  // Module and bindings come at the same time, not one after the other.
  const module = fetch(new URL(`engine_${build}_bg.wasm`, import.meta.url));
  const { default: init, receive } = await import(`./engine_${build}.js`);
  await init({ module_or_path: module });
  self.onmessage = (event) => receive(event.data);
  early.splice(0).forEach((message) => receive(message));
}
