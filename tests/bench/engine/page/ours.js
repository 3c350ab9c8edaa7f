// Our engine: its own worker out of the bundle, told what the page's shell tells it (`shared::stage`).

// As the shell has it.
const MOST_UNDERWAY = 2;

// Of a frame, in bytes: its fixed part, and each figure. Where things are in these, in words of four bytes.
const HEADER = 64;
const FIGURE = 64;
const [SEQUENCE, FIGURES, TIME, EYE, TARGET] = [0, 1, 2, 4, 8];
const [POSITION, HEADING, STRIDE] = [0, 3, 6];

export async function open(canvas, { files }, { backend, finest }) {
  const { engine } = await (await fetch('/bundle.json')).json();
  const script = backend === 'webgl' ? `/page/ours_worker.js?engine=${engine.webgl}` : engine[backend];
  const worker = new Worker(script, { type: 'module', name: backend });
  let sequence = 0;
  let underway = 0;
  let last = { draws: 0, triangles: 0 };
  let wake = () => {};
  let drained = () => {};

  const adapter = await new Promise((ready, lost) => {
    worker.onerror = ({ message }) => lost(new Error(message || 'the worker failed'));
    worker.onmessage = ({ data }) => {
      if (data === 'drained') {
        drained();
        return;
      }
      const report = read(data);
      if (report.lost) lost(new Error(report.lost));
      if (report.adapter) ready(report.adapter);
      if (report.draws !== undefined) {
        last = report;
        underway -= 1;
        wake();
      }
    };
    const offscreen = canvas.transferControlToOffscreen();
    worker.postMessage({ command: new Uint8Array(files.size), canvas: offscreen }, [offscreen]);
    for (const name of ['quality', 'place', ...(finest ? ['without-levels'] : [])]) worker.postMessage({ command: new Uint8Array(files[name]) });
  });

  async function fewer(than) {
    while (underway >= than) await new Promise((resolve) => { wake = resolve; });
  }

  return {
    adapter,

    draw(ring, count) {
      const buffer = files.frame.slice(0, HEADER + count * FIGURE);
      const [counts, numbers] = [new Uint32Array(buffer), new Float32Array(buffer)];
      sequence += 1;
      counts[SEQUENCE] = sequence;
      counts[FIGURES] = count;
      numbers[TIME] = ring.time_s;
      numbers.set(ring.eye, EYE);
      numbers.set(ring.target, TARGET);
      const { places } = ring;
      for (let from = 0, to = HEADER / 4; from < count * 4; from += 4, to += FIGURE / 4) {
        numbers[to + POSITION] = places[from];
        numbers[to + POSITION + 2] = places[from + 1];
        numbers[to + HEADING] = places[from + 2];
        numbers[to + STRIDE] = places[from + 3];
      }
      underway += 1;
      worker.postMessage({ frame: buffer }, [buffer]);
    },

    room: () => fewer(MOST_UNDERWAY),

    async idle() {
      await fewer(1);
      if (backend !== 'webgl') return;
      worker.postMessage({ drain: true });
      await new Promise((resolve) => { drained = resolve; });
    },

    account: () => ({ draws: last.draws, triangles: last.triangles }),
  };
}

// A report, as postcard writes it: which of three it is, then its fields in their order.
function read(data) {
  if (typeof data === 'string') return { lost: data };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const whole = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at);
      at += 1;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = whole();
    return new TextDecoder().decode(data.subarray(at, at + length));
  };
  switch (whole()) {
    case 0: return { adapter: text() };
    case 1: {
      whole();
      at += 4;
      return { draws: whole(), triangles: whole() };
    }
    default: return { lost: text() };
  }
}
