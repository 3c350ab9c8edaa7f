// What the page does beside the shell: the system's share sheet, and keeping itself for the next visit.
//
// Written before it by the relay: WORDS, the texts of the offer of another version, by language. In: the page that the shell
// makes. Out: a choice of its own while a new version waits, and nothing else that anyone sees.

// How often an open page looks for another version, at most.
const LOOK_EVERY_MS = 10 * 60_000;

// The button is the shell's; it shows where there is something to share with.
if (navigator.share) {
  document.documentElement.dataset.shares = '';
  document.addEventListener('click', ({ target }) => {
    if (!target.closest('.share')) return;
    const url = new URL(location.href);
    // The one who opens it reads it in a language of his own, and comes into the same channel.
    url.searchParams.delete('lang');
    if (!url.searchParams.has('channel')) url.searchParams.set('channel', '1');
    // Closing the sheet is no error.
    navigator.share({ title: document.title, url: url.href }).catch(() => {});
  });
}

// In a frame the page belongs to another site's visit, on a screen in public to nobody, and a made-up world is no visit: there
// it keeps nothing.
const asked = new URLSearchParams(location.search);
const isOwn = window.top === window && !asked.has('kiosk') && !asked.has('mock');
if (isOwn && 'serviceWorker' in navigator) whenIn(() => keep().catch(() => {}));

// Nothing competes with the first picture: only when the visitor is in, and the browser has nothing better to do.
function whenIn(then) {
  const isIn = () => document.querySelector('.at-world');
  const idle = () => (window.requestIdleCallback ? requestIdleCallback(then, { timeout: 10_000 }) : setTimeout(then, 2_000));
  if (isIn()) {
    idle();
    return;
  }
  const watch = new MutationObserver(() => {
    if (!isIn()) return;
    watch.disconnect();
    idle();
  });
  watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
}

async function keep() {
  const registration = await navigator.serviceWorker.register('/sw.js');
  const look = () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => {});
  };
  document.addEventListener('visibilitychange', look);
  setInterval(look, LOOK_EVERY_MS);
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller) offer(coming);
    });
  });
}

// Says that a new version waits. It comes when the visitor says so, or with the next visit.
function offer(worker) {
  document.querySelector('.version')?.remove();
  const words = WORDS[document.documentElement.lang] ?? Object.values(WORDS)[0];
  const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });
  const bar = element('aside', 'version', '');
  bar.setAttribute('aria-label', words.ready);
  const said = element('p', '', '');
  said.setAttribute('role', 'status');
  const now = element('button', 'primary', words.reload);
  const later = element('button', 'secondary', words.later);
  now.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('now');
  });
  later.addEventListener('click', () => bar.remove());
  bar.append(said, now, later);
  document.body.append(bar);
  // Only what changes in a region that is there already is read out.
  requestAnimationFrame(() => { said.textContent = words.ready; });
}
