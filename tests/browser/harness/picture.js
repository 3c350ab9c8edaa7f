// Screenshots as numbers: enough of PNG to read what Chromium writes (8 bits, RGB or RGBA, not interlaced).

import { inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const COLOURS = { 2: 3, 6: 4 };

export class Picture {
  constructor(png) {
    const { header, data } = chunks(png);
    this.width = header.readUInt32BE(0);
    this.height = header.readUInt32BE(4);
    this.channels = COLOURS[header[9]];
    if (header[8] !== 8 || !this.channels || header[12] !== 0) throw new Error('a kind of PNG that is not read here');
    this.bytes = unfilter(inflateSync(data), this.width * this.channels, this.height, this.channels);
  }

  // Red, green and blue, 0 to 255.
  at(x, y) {
    const start = (y * this.width + x) * this.channels;
    return [this.bytes[start], this.bytes[start + 1], this.bytes[start + 2]];
  }

  // Mean luminance, 0 to 255.
  luminance() {
    let sum = 0;
    for (const [red, green, blue] of this.pixels()) sum += 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return sum / (this.width * this.height);
  }

  // Mean of the standard deviations of the three colours in a part (all by default): near 0 where it is blank.
  variety({ x, y, width, height } = { x: 0, y: 0, ...this }) {
    const sums = [0, 0, 0];
    const squares = [0, 0, 0];
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        this.at(column, row).forEach((value, channel) => {
          sums[channel] += value;
          squares[channel] += value * value;
        });
      }
    }
    const count = width * height;
    const deviations = sums.map((sum, channel) => Math.sqrt(Math.max(0, squares[channel] / count - (sum / count) ** 2)));
    return deviations.reduce((a, b) => a + b) / 3;
  }

  // Share of the pixels of a part (all by default) that differ from another picture's by more than `threshold`.
  difference(other, { x, y, width, height } = { x: 0, y: 0, ...this }, threshold = 24) {
    let differing = 0;
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const there = other.at(column, row);
        const differs = this.at(column, row).some((value, channel) => Math.abs(value - there[channel]) > threshold);
        if (differs) differing += 1;
      }
    }
    return differing / (width * height);
  }

  *pixels() {
    for (let start = 0; start < this.bytes.length; start += this.channels) {
      yield [this.bytes[start], this.bytes[start + 1], this.bytes[start + 2]];
    }
  }
}

function chunks(png) {
  let header;
  const data = [];
  for (let at = SIGNATURE_BYTES; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = body;
    if (kind === 'IDAT') data.push(body);
    at += 12 + length;
  }
  return { header, data: Buffer.concat(data) };
}

// Every row begins with a byte that says how it is told by its neighbours (PNG, section 9).
function unfilter(raw, rowBytes, rows, step) {
  const out = Buffer.alloc(rowBytes * rows);
  for (let y = 0; y < rows; y += 1) {
    const filter = raw[y * (rowBytes + 1)];
    for (let i = 0; i < rowBytes; i += 1) {
      const here = y * rowBytes + i;
      const left = i >= step ? out[here - step] : 0;
      const above = y > 0 ? out[here - rowBytes] : 0;
      const corner = y > 0 && i >= step ? out[here - rowBytes - step] : 0;
      const told = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      out[here] = raw[y * (rowBytes + 1) + 1 + i] + told;
    }
  }
  return out;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
