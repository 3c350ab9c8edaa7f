// The Chromium that everyone is drawn in, one kind for each backend: with a graphics card where the machine has one, on the
// processor where not.

import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

export const HAS_CARD = existsSync('/dev/dri');

const COMMON = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // As many frames as can be drawn.
  '--disable-frame-rate-limit', '--disable-gpu-vsync',
  '--ignore-gpu-blocklist',
];

const SOFTWARE = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const WEBGPU = ['--enable-unsafe-webgpu', '--enable-gpu', '--enable-features=Vulkan'];

const FLAGS = {
  webgl: HAS_CARD ? [] : SOFTWARE,
  webgpu: HAS_CARD ? WEBGPU : [...SOFTWARE, ...WEBGPU, '--use-vulkan=swiftshader'],
};

export const BACKENDS = Object.keys(FLAGS);

export function launch(backend) {
  return chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...COMMON, ...FLAGS[backend]] });
}
