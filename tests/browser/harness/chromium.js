// Real Chromium, five ways: with WebGPU, with WebGL2, told to do without a GPU (and drawing in software all the same), without
// any way to draw, and as a phone.

import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

const COMMON = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const SOFTWARE_GL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

// `--enable-unsafe-webgpu` alone renders, but screenshots come out blank.
const SOFTWARE_VULKAN = [
  '--enable-unsafe-webgpu',
  '--enable-gpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

const DESKTOP = { viewport: { width: 800, height: 540 } };

// Small, since two cores draw every pixel of every visitor.
const STAGE = { viewport: { width: 360, height: 270 } };

const KINDS = {
  webgpu: { flags: [...SOFTWARE_GL, ...SOFTWARE_VULKAN], context: STAGE },
  webgl2: { flags: SOFTWARE_GL, context: STAGE },
  'disabled-gpu': { flags: ['--disable-gpu'], context: STAGE },
  'no-gpu': { flags: ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'], context: DESKTOP },
  phone: {
    flags: SOFTWARE_GL,
    context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  },
};

export const BACKENDS = ['webgpu', 'webgl2'];

// A browser of that kind, and what a context in it begins with.
export async function launch(kind) {
  return { browser: await chromium.launch(options(kind)), context: KINDS[kind].context };
}

// A browser of that kind with a profile of its own, whose settings lie in a folder: its only context.
export function launchKept(kind, profile, further) {
  return chromium.launchPersistentContext(profile, { ...options(kind), ...KINDS[kind].context, ...further });
}

function options(kind) {
  return {
    executablePath: EXECUTABLE,
    args: [...COMMON, ...KINDS[kind].flags],
    // Playwright's own default would give the browser without a GPU a software one.
    ignoreDefaultArgs: kind === 'no-gpu' ? ['--enable-unsafe-swiftshader'] : [],
  };
}
