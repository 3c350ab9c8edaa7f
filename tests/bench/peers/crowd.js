// What the batching peers share: the newest state of each visitor, gathered into one message a group and tick.
//
// In: six bytes a move (x and z in centimetres as int16, heading, motion). Out: at each tick, for each group in which
// somebody moved, records of eight bytes: the visitor's number as uint16, then the six. All little-endian.

const MOVE_BYTES = 6
const RECORD_BYTES = 2 + MOVE_BYTES

/** Ticks a second, as the relay has. */
export const TICK_HZ = 15

/** The port that the bench gave. */
export const PORT = Number(process.env.PORT)

/** Visitor and group that a client names in its address. */
export function asked(url) {
  const query = new URL(url, 'http://bench').searchParams
  return { visitor: Number(query.get('visitor')), group: query.get('group') }
}

/** The moves of one group since the last tick, of each visitor the newest. */
class Batch {
  bytes = Buffer.alloc(256 * RECORD_BYTES)
  length = 0
  /** Where in this tick's batch each visitor's record begins. */
  places = new Map()

  put(visitor, move) {
    let at = this.places.get(visitor)
    if (at === undefined) {
      at = this.length
      this.length += RECORD_BYTES
      this.places.set(visitor, at)
      if (this.length > this.bytes.length) {
        this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
      }
      this.bytes.writeUInt16LE(visitor, at)
    }
    this.bytes.set(move, at + 2)
  }

  take() {
    // A copy: the socket may still be writing the last one.
    const taken = Buffer.from(this.bytes.subarray(0, this.length))
    this.length = 0
    this.places.clear()
    return taken
  }
}

/** All groups. */
export class Crowd {
  batches = new Map()

  /** Notes a move, given as its six bytes. */
  move(visitor, group, bytes) {
    if (bytes.length !== MOVE_BYTES) return
    let batch = this.batches.get(group)
    if (!batch) this.batches.set(group, (batch = new Batch()))
    batch.put(visitor, bytes)
  }

  /** Calls `send(group, bytes)` at each tick for each group in which somebody moved. */
  run(send) {
    setInterval(() => {
      for (const [group, batch] of this.batches) {
        if (batch.length > 0) send(group, batch.take())
      }
    }, 1000 / TICK_HZ)
  }
}

/**
 * Lets the bench ask for a collection by a signal that nobody else minds, so that idle memory is what is held, not what is
 * yet to be freed.
 */
export function collectOnSignal(collect) {
  process.on('SIGWINCH', () => collect())
}
