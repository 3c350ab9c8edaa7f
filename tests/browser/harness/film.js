// Every picture that the browser brings to the screen, in their order: what a person who looks at it sees, flashes included.

import { Picture } from './picture.js';

export class Film {
  #session;
  #frames = [];

  // Films a page from now on.
  static async of(visitor) {
    const film = new Film();
    film.#session = await visitor.context.newCDPSession(visitor.page);
    film.#session.on('Page.screencastFrame', ({ data, sessionId }) => {
      film.#frames.push(Buffer.from(data, 'base64'));
      // The page may have been closed meanwhile.
      film.#session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    });
    await film.#session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
    return film;
  }

  // Ends it; gives its pictures as PNG files.
  async end() {
    await this.#session.send('Page.stopScreencast');
    return this.#frames;
  }
}

// How much there is to see in the middle of a PNG, where neither panels nor buttons lie: near 0 where it is one colour.
export function variety(png) {
  const picture = new Picture(png);
  const [x, y] = [Math.round(picture.width * 0.25), Math.round(picture.height * 0.35)];
  return picture.variety({ x, y, width: Math.round(picture.width * 0.5), height: Math.round(picture.height * 0.25) });
}
