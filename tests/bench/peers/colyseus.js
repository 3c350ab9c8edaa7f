// Colyseus: state by schema, quantised to centimetres and 1.4 degrees, one patch a tick.
//
// WIRE=broadcast: a room for each group, its patch encoded once and sent to all members.
// WIRE=view: one room for everybody, in which a StateView shows each client its group only.

import { Room, Server } from '@colyseus/core'
import { Encoder, StateView, schema, t } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { PORT, TICK_HZ, collectOnSignal } from './crowd.js'

collectOnSignal(() => globalThis.gc())

const byView = process.env.WIRE === 'view'

// One room for everybody outgrows the usual 8 KB; a room of twenty does not.
if (byView) Encoder.BUFFER_SIZE = 4 << 20

const Avatar = schema(
  { visitor: t.uint16(), x: t.int16(), z: t.int16(), heading: t.uint8(), motion: t.uint8() },
  'Avatar',
)
const State = schema({ avatars: byView ? t.map(Avatar).view() : t.map(Avatar) }, 'State')

/** The only kind of message that clients send: a move of six bytes. */
const MOVE = 0

class CrowdRoom extends Room {
  maxClients = Infinity
  state = new State()
  patchRate = 1000 / TICK_HZ
  groups = new Map()

  onCreate() {
    this.onMessageBytes(MOVE, (client, move) => {
      const avatar = client.userData
      avatar.x = (move[0] | (move[1] << 8)) << 16 >> 16
      avatar.z = (move[2] | (move[3] << 8)) << 16 >> 16
      avatar.heading = move[4]
      avatar.motion = move[5]
    })
  }

  onJoin(client, { visitor, group }) {
    const avatar = new Avatar()
    avatar.visitor = visitor
    avatar.x = avatar.z = avatar.heading = avatar.motion = 0
    this.state.avatars.set(String(visitor), avatar)
    client.userData = avatar
    if (byView) this.showGroup(client, avatar, group)
  }

  showGroup(client, avatar, group) {
    let members = this.groups.get(group)
    if (!members) this.groups.set(group, (members = []))
    client.view = new StateView()
    client.view.add(avatar)
    for (const other of members) {
      client.view.add(other.userData)
      other.view.add(avatar)
    }
    members.push(client)
  }
}

const server = new Server({
  greet: false,
  transport: new WebSocketTransport({ perMessageDeflate: false }),
})
const crowd = server.define('crowd', CrowdRoom)
if (!byView) crowd.filterBy(['group'])
await server.listen(PORT, '127.0.0.1')
