// Frames on their way to a WebGL2 context. Told not to wait for a screen, the browser takes hundreds before the first one is drawn, and
// what would be measured is how fast they are handed over.

// As our engine has it.
const MOST_UNDERWAY = 2;

export class Queue {
  #gl;
  #frames = [];
  #spare = [];

  constructor(gl) {
    this.#gl = gl;
  }

  // Notes that a frame has been handed over: one of its pixels will be there when it has been drawn.
  add() {
    const gl = this.#gl;
    const pixel = this.#spare.pop() ?? gl.createBuffer();
    const bound = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING);
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null);
    this.#with(pixel, () => {
      gl.bufferData(gl.PIXEL_PACK_BUFFER, 4, gl.STREAM_READ);
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, 0);
    });
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, bound);
    this.#frames.push(pixel);
  }

  // Sleeps until there is room for another, or until no more than so many are on their way.
  wait(most = MOST_UNDERWAY - 1) {
    const gl = this.#gl;
    while (this.#frames.length > most) {
      const pixel = this.#frames.shift();
      this.#with(pixel, () => gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, new Uint8Array(4)));
      this.#spare.push(pixel);
    }
  }

  // Leaves bound what was.
  #with(pixel, what) {
    const gl = this.#gl;
    const bound = gl.getParameter(gl.PIXEL_PACK_BUFFER_BINDING);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, pixel);
    what();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, bound);
  }
}
