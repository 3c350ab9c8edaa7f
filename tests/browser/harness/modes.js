// The ways in which one page can be shown: language, colours, the screen's size, the size of its text.

import { LOCALES } from './city.js';

export const MODES = {
  language: Object.keys(LOCALES),
  colours: ['light', 'dark', 'high', 'forced'],
  size: ['desktop', 'phone', 'sideways', 'narrow'],
  text: ['100', '125', '150', '200'],
};

const THUMBS = { hasTouch: true, isMobile: true };

const SIZES = {
  desktop: { viewport: { width: 1000, height: 640 } },
  phone: { viewport: { width: 390, height: 844 }, ...THUMBS },
  sideways: { viewport: { width: 844, height: 390 }, ...THUMBS },
  // The narrowest at which nobody should have to scroll sideways (WCAG 1.4.10).
  narrow: { viewport: { width: 320, height: 640 } },
  kiosk: { viewport: { width: 1080, height: 1920 } },
};

// By the system, or by the visitor's own choice, which is kept.
const COLOURS = {
  light: { system: { colorScheme: 'light' } },
  dark: { system: { colorScheme: 'dark' } },
  high: { system: {}, choice: 'colours-high' },
  forced: { system: { forcedColors: 'active' } },
};

// What a visitor in a mode comes with: options of `Scene.visitor`, and of what is `kept` on the device. Nothing moves, so that colours are at rest when looked at.
export function inMode({ language, colours = 'light', size = 'desktop', text = '100', kept, ...options }) {
  const { system, choice = 'colours-system' } = COLOURS[colours];
  const choices = { 'metaverse.text': text, 'metaverse.colours': choice, ...kept };
  const prepare = async (visitor) => {
    await visitor.page.addInitScript((all) => {
      for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value);
    }, choices);
    await options.prepare?.(visitor);
  };
  return { language, ...SIZES[size], ...system, reducedMotion: 'reduce', ...options, prepare };
}
