// The page of all components, at `?mock=all`: each state of the interface in a frame of its own, live, on a made-up world. A
// frame is brought into its state as a visitor would bring it there, by its own buttons.

const IN = ['enter'];

// What each frame shows: the scene (web/mock/src/scene.rs), more of the query, and what is pressed, by test id.
const SHOWN = [
  ['The entry screen', '1', ''],
  ['The wardrobe', '1', '', ['.entry-look > summary']],
  ['A link that leads nowhere', '1', '', [], '/nowhere'],
  ['No room', 'close-full', '', IN],
  ['Not let in', 'close-banned', '', IN],
  ['Open elsewhere', 'close-superseded', '', IN],
  ['In the place', '1', '', IN],
  ['Nobody there', 'empty', '', IN],
  ['A crowd', 'crowd', '', IN],
  ['Around', '1', '', [...IN, 'around', 'describe']],
  ['Someone', '1', '', [...IN, 'around', '[data-testid=people-list] button']],
  ['Talking', '1', '', [...IN, 'talk']],
  ['The chat is closed', 'chat-closed', '', [...IN, 'talk']],
  ['Gestures and phrases', '1', '', [...IN, 'gestures']],
  ['Settings', '1', '', [...IN, 'settings']],
  ['Help', '1', '', [...IN, 'help']],
  ['A helper', 'helper', '', IN],
  ['A host', 'host', '', [...IN, 'host']],
  ['An announcement', 'announced', '', IN],
  ['Muted by a host', 'muted', '', [...IN, 'talk']],
  ['The relays cannot see one another', 'alone', '', IN],
  ['The connection is lost', 'lost', '', IN],
  ['Easy mode', '1', '&easy', IN],
  ['Easy mode, walking', '1', '&easy', [...IN, 'easy-to-walk']],
  ['Easy mode, talking', '1', '&easy', [...IN, 'easy-to-say']],
  ['Easy mode, the practice', '1', '&easy', [...IN, 'easy-to-practice']],
  ['A kiosk that waits', '1', '&kiosk=mock'],
  ['A kiosk in use', '1', '&kiosk=mock&idle=600', ['begin']],
];

// What can be chosen for all frames at once, and where a page keeps it. Sizes are the frames' own.
const CHOICES = {
  language: ['ko', 'en', 'ja', 'zh-Hans'],
  colours: ['colours-system', 'colours-light', 'colours-dark', 'colours-high'],
  text: ['100', '125', '150', '200'],
  size: ['390 × 844', '844 × 390', '1000 × 640', '320 × 640', '1080 × 1920'],
};

// How often, and how long, a frame is looked at for the next thing to press.
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 20_000;

const chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, [first]]) => [name, first]));
chosen.language = document.documentElement.lang;

document.title = 'Components';
const header = element('header', {}, element('h1', { textContent: 'Components' }), ...Object.entries(CHOICES).map(choice));
const main = element('main');
document.body.replaceChildren(header, main);
show();

function choice([name, values]) {
  const options = values.map((value) => element('option', { textContent: value, selected: value === chosen[name] }));
  const select = element('select', {
    onchange: () => {
      chosen[name] = select.value;
      show();
    },
  }, ...options);
  return element('label', {}, `${name} `, select);
}

function show() {
  localStorage.setItem('metaverse.colours', chosen.colours);
  localStorage.setItem('metaverse.text', chosen.text);
  main.replaceChildren(...SHOWN.map(shown));
}

function shown([title, scene, query, pressed = [], path = location.pathname]) {
  const [width, height] = chosen.size.split(' × ');
  const src = `${path}?mock=${scene}&lang=${chosen.language}${query}`;
  // Those that are scrolled to are loaded: each is a whole page.
  const frame = element('iframe', { loading: 'lazy', title, width, height, src });
  frame.onload = () => press(frame, pressed);
  const link = element('a', { href: src, textContent: title });
  return element('section', {}, element('h2', {}, link), frame);
}

// Notes on the frame whether it came into its state.
async function press(frame, all) {
  const until = Date.now() + PATIENCE_MS;
  let isShown = true;
  for (const what of all) {
    const selector = /^[\w-]+$/.test(what) ? `[data-testid="${what}"]` : what;
    let found = null;
    while (!found && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      // The last: the first screen's own button goes when the shell's is there.
      found = [...frame.contentDocument.querySelectorAll(selector)].filter((each) => !each.disabled).pop();
    }
    found?.click();
    isShown &&= Boolean(found);
  }
  frame.dataset.shown = isShown ? 'yes' : 'no';
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
