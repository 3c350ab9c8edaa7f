// Bun (uWebSockets): one native publish a group and tick.

import { Crowd, PORT, asked, collectOnSignal } from './crowd.js'

const crowd = new Crowd()
collectOnSignal(() => Bun.gc(true))

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: PORT,
  fetch(request, server) {
    if (server.upgrade(request, { data: asked(request.url) })) return undefined
    return new Response('WebSocket only', { status: 426 })
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe(socket.data.group)
    },
    message(socket, move) {
      crowd.move(socket.data.visitor, socket.data.group, move)
    },
  },
})

crowd.run((group, bytes) => server.publish(group, bytes, false))
