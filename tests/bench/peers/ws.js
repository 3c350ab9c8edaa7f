// ws: one frame a group and tick, framed once and written to each member as it is (as socket.io's broadcast does).

import { Sender, WebSocket, WebSocketServer } from 'ws'
import { Crowd, PORT, asked, collectOnSignal } from './crowd.js'

const crowd = new Crowd()
const groups = new Map()
collectOnSignal(() => globalThis.gc())

const server = new WebSocketServer({ host: '127.0.0.1', port: PORT, perMessageDeflate: false, maxPayload: 4096 })

server.on('connection', (socket, request) => {
  const { visitor, group } = asked(request.url)
  let members = groups.get(group)
  if (!members) groups.set(group, (members = new Set()))
  members.add(socket)
  socket.on('message', (move) => crowd.move(visitor, group, move))
  socket.on('close', () => members.delete(socket))
  socket.on('error', () => socket.terminate())
})

const BINARY = 2

crowd.run((group, bytes) => {
  const framed = Sender.frame(bytes, { fin: true, rsv1: false, opcode: BINARY, mask: false, readOnly: true })
  const frame = [Buffer.concat(framed)]
  for (const socket of groups.get(group)) {
    if (socket.readyState === WebSocket.OPEN) socket._sender.sendFrame(frame)
  }
})
