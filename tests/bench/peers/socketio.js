// socket.io: WebSocket only, one binary event a room and tick; the adapter frames it once for all members.

import { Server } from 'socket.io'
import { Crowd, PORT, asked, collectOnSignal } from './crowd.js'

const crowd = new Crowd()
collectOnSignal(() => globalThis.gc())

const io = new Server({
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  // The first ping would fall into some rounds and not into others.
  pingInterval: 120_000,
})

io.on('connection', (socket) => {
  const { visitor, group } = asked(socket.handshake.url)
  // As its guide to memory advises: the first request is not kept.
  socket.conn.request = null
  socket.join(group)
  const move = Buffer.alloc(6)
  socket.on('m', (x, z, heading, motion) => {
    move.writeInt16LE(x, 0)
    move.writeInt16LE(z, 2)
    move[4] = heading
    move[5] = motion
    crowd.move(visitor, group, move)
  })
})

io.listen(PORT, { host: '127.0.0.1' })
crowd.run((group, bytes) => io.to(group).emit('t', bytes))
