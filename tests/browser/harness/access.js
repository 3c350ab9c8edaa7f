// What people get who do not look, or do not point, or need it large: each question gives a list of what is wrong.

import axe from 'axe-core';

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

// Roles that tell what can be done with a thing, and the state that each must tell as well.
const ROLES = {
  button: [],
  link: [],
  textbox: [],
  slider: ['valuetext'],
  radio: ['checked'],
  checkbox: ['checked'],
  DisclosureTriangle: ['expanded'],
  dialog: [],
  alertdialog: [],
};

// What may have the focus only to be scrolled by keys, or to be told when one gets there.
const PLACES = ['list', 'group', 'heading', 'main', 'navigation', 'region', 'generic', 'banner', 'RootWebArea', 'form'];

// What axe objects to.
export async function axeFinds(page) {
  // As the page itself may not: the browser's own protocol is not bound by the page's policy.
  await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { violations } = await window.axe.run(document, rules);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary})`).join('; ')}`);
  }, RULES);
}

// What can be operated and lacks a name, a role or a state that belongs to it; and two buttons or links that are called the same:
// what they do would be told by where they are alone. A key on the screen may be called as the button that it stands for.
export async function untold(page) {
  const wrong = [];
  const keys = await page.locator('.key').evaluateAll((all) => all.map((key) => key.ariaLabel ?? key.innerText));
  const names = new Map(keys.map((name) => [`button "${name}"`, -1]));
  for (const { role, name, states, focusable } of await tree(page)) {
    if (!focusable || PLACES.includes(role)) continue;
    if (!ROLES[role]) wrong.push(`"${name}" is a ${role}`);
    else if (!name) wrong.push(`a ${role} without a name`);
    for (const state of ROLES[role] ?? []) if (!(state in states)) wrong.push(`the ${role} "${name}" does not tell whether it is ${state}`);
    if (role === 'button' || role === 'link') names.set(`${role} "${name}"`, (names.get(`${role} "${name}"`) ?? 0) + 1);
  }
  for (const [what, count] of names) if (count > 1) wrong.push(`${count} times ${what}`);
  return wrong;
}

// The accessibility tree, as a list in its order: what a screen reader is given.
export async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.filter((node) => !node.ignored).map((node) => {
    const states = Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value]));
    const { role, name, value, backendDOMNodeId } = node;
    return { role: role?.value, name: name?.value ?? '', value: value?.value, states, focusable: states.focusable === true, id: backendDOMNodeId };
  });
}

// What can be pressed and is smaller than its words; and whether the page is wider than the screen.
export function cutOff(page) {
  return page.evaluate(() => {
    const SPILL_PX = 2;
    const pressed = [...document.querySelectorAll('button, a.secondary, a.chip, summary, .pick')].filter((it) => it.checkVisibility({ visibilityProperty: true }));
    const spilling = pressed.filter((it) => it.scrollWidth > it.clientWidth + SPILL_PX || it.scrollHeight > it.clientHeight + SPILL_PX);
    const sideways = document.documentElement.scrollWidth - innerWidth;
    return [...spilling.map((it) => it.outerHTML.slice(0, 160)), ...(sideways > 0 ? [`${sideways} px too wide`] : [])];
  });
}

// What can have the focus and does not show that it has it, or is under something else then (WCAG 2.2, 2.4.7 and 2.4.11).
export async function hiddenFocus(page) {
  // The browser shows the focus to those who use keys.
  await page.keyboard.press('Shift');
  return page.evaluate(() => {
    const before = document.activeElement;
    const wrong = [];
    const top = document.querySelector('dialog[open]') ?? document;
    for (const element of top.querySelectorAll('a[href], button:enabled, input:enabled, summary, [tabindex="0"]')) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      element.focus();
      const shown = [element, element.closest('label')].filter(Boolean);
      const isSeen = shown.map((it) => getComputedStyle(it)).some((style) => (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none');
      if (!isSeen) wrong.push(`not seen: ${element.outerHTML.slice(0, 120)}`);
      const { left, top: above, width, height } = shown.at(-1).getBoundingClientRect();
      const there = document.elementFromPoint(left + width / 2, above + height / 2);
      const isThere = shown.some((it) => it.contains(there) || there?.contains(it) && there.matches('.panel-body, label'));
      if (!isThere) wrong.push(`under ${there?.outerHTML.slice(0, 80) ?? 'nothing, off the screen'}: ${element.outerHTML.slice(0, 120)}`);
    }
    before?.focus();
    return wrong;
  });
}

// Keeps in a page whatever comes into a live region, in its order, as `window.announced`; before the page is opened.
export function keepAnnouncements({ page }) {
  return page.addInitScript(keep);
}

function keep() {
  window.announced = [];
  const regions = '[aria-live]:not([aria-live="off"]), [role="log"], [role="status"], [role="alert"]';
  const changed = ({ type, target, addedNodes }) => (type === 'characterData' ? [target] : [...addedNodes]);
  const element = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
  // A new element and the text that is then put into it are one thing.
  const note = (records) => {
    const elements = new Set(records.flatMap(changed).map(element));
    for (const one of elements) if (one?.closest(regions)) window.announced.push(one.textContent);
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
}
