// The service worker: keeps what a visit has used, so that the next one begins at once, and without a network.
//
// Written before it by the relay: VERSION, another one whenever anything of the page is; PLACES, the first words of the
// addresses that are pages of the city. A page comes from the network where that answers in time, since only then does it
// tell how many people are there; else as it was kept. Files whose names carry a hash of their content never change, and
// come from here first. All else, the relay's socket and its answers about now, is none of this script's business.

const KEPT = `kept-${VERSION}`;

// How long a page may take before the kept one is shown.
const PATIENCE_MS = 2_500;

const PAGES_AT_MOST = 8;

const NAMED_BY_CONTENT = /\/[0-9a-f]{16}\/|\/engine-[0-9a-f]{8,}\/|-[0-9a-f]{8,}(_bg)?\.\w+$/;

self.addEventListener('install', (event) => event.waitUntil(keepOpenPage().catch(ignore)));

self.addEventListener('activate', (event) => event.waitUntil(begin().catch(ignore)));

// The page asks for it when its visitor wants the new version now. Otherwise it waits until the last page is closed.
self.addEventListener('message', ({ data }) => {
  if (data === 'now') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  // A made-up world at the same address is for nobody's next visit.
  if (searchParams.has('mock')) return;
  if (request.mode === 'navigate') {
    event.respondWith(isPage(pathname) ? page(event, pathname) : asked(event));
  } else if (NAMED_BY_CONTENT.test(pathname)) {
    event.respondWith(file(event));
  }
});

// Storage may be full, or forbidden: then nothing is kept, and everything works as without it.
function ignore() {}

function isPage(pathname) {
  const first = pathname.split('/')[1];
  return first === '' || PLACES.includes(first);
}

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith('kept-') && name !== KEPT) await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

// The browser has asked for the page already, while it started this script.
async function asked(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

async function page(event, pathname) {
  const cache = await caches.open(KEPT).catch(ignore);
  const kept = await cache?.match(pathname).catch(ignore);
  const fetched = asked(event).then((response) => {
    if (response.status >= 500) throw new Error(`the relay answers ${response.status}`);
    if (response.ok) event.waitUntil(keepPage(cache, pathname, response.clone()).catch(ignore));
    return response;
  });
  if (!kept) return fetched.catch(() => lastPage(cache));
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); });
  const inTime = await Promise.race([fetched.catch(ignore), patience]);
  event.waitUntil(fetched.catch(ignore));
  return inTime ?? kept;
}

// Of what was never opened nothing is here: the page that was opened last is.
async function lastPage(cache) {
  const pages = (await pagesOf(cache)).map(({ url }) => url);
  return pages.length > 0 ? Response.redirect(pages.at(-1)) : Response.error();
}

async function pagesOf(cache) {
  const all = (await cache?.keys()) ?? [];
  return all.filter(({ url }) => isPage(new URL(url).pathname) && !NAMED_BY_CONTENT.test(url));
}

// Keeps a page as the newest. It says of itself that it was kept: how many people were there then, it must not say.
async function keepPage(cache, pathname, response) {
  const text = await response.text();
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length', 'cache-control']) headers.delete(name);
  await cache.delete(pathname);
  await cache.put(pathname, new Response(text.replace('<html ', '<html data-kept '), { headers }));
  for (const old of (await pagesOf(cache)).slice(0, -PAGES_AT_MOST)) await cache.delete(old);
  return text;
}

// The page that is open while this script comes, and all that it names but the engines, which only some devices need: those
// are kept when they are used. The browser has most of it already.
async function keepOpenPage() {
  const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const pathname = open ? new URL(open.url).pathname : '/';
  const cache = await caches.open(KEPT);
  const response = await fetch(isPage(pathname) ? pathname : '/');
  if (!response.ok) return;
  const text = await keepPage(cache, isPage(pathname) ? pathname : '/', response);
  const named = text.matchAll(/["'](\/[\w./-]+)["']/g);
  const files = new Set([...named].map(([, address]) => address));
  for (const address of files) {
    if (NAMED_BY_CONTENT.test(address) && !address.startsWith('/engine-')) await cache.add(address).catch(ignore);
  }
}

async function file(event) {
  const { request } = event;
  const cache = await caches.open(KEPT).catch(ignore);
  const kept = await cache?.match(request.url).catch(ignore);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && cache) event.waitUntil(cache.put(request.url, response.clone()).catch(ignore));
  return response;
}
