// How alike two pictures are.

import { PNG } from 'pngjs';
import { ssim } from 'ssim.js';

// The mean structural similarity of two PNG files, 1 for the same (Wang et al. 2004).
export function likeness(one, other) {
  return ssim(PNG.sync.read(one), PNG.sync.read(other), { ssim: 'original', downsample: false }).mssim;
}
