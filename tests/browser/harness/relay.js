// A real relay in a process of its own: on a free port of this machine, with its own data, and mortal.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { eventually } from './eventually.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const BINARY = process.env.RELAY_BIN ?? path.join(ROOT, 'target/release/relay');
const BUNDLE = process.env.DIST ?? path.join(ROOT, 'dist');
const CITY = process.env.CITY ?? path.join(ROOT, 'assets/cities/seoul');

// What is kept of a relay's log, to be shown when a test fails.
const LOG_CHARACTERS = 20_000;

export class Relay {
  #process;
  #data;
  #options;
  log = '';
  // The pack that it reads at its next start.
  city = CITY;

  // Started and ready. `options` are further command line options.
  static start(...options) {
    return Relay.serving(CITY, ...options);
  }

  // The same with another pack.
  static async serving(pack, ...options) {
    const relay = new Relay();
    relay.city = pack;
    relay.port = await freePort();
    relay.url = `http://127.0.0.1:${relay.port}`;
    relay.#data = await mkdtemp(path.join(tmpdir(), 'relay-'));
    relay.#options = options;
    await relay.start();
    return relay;
  }

  // Starts it, or starts it again on the same port with the same data.
  async start() {
    const serve = ['serve', '--listen', `127.0.0.1:${this.port}`, '--web', BUNDLE, '--city', this.city, '--data', this.#data];
    const child = spawn(BINARY, [...serve, ...this.#options], {
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (text) => {
      this.log = (this.log + text).slice(-LOG_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => keep(`${BINARY}: ${error.message}\n`));
    this.#process = child;
    const isReady = async () => {
      if (!this.#isAlive()) throw new Error(`the relay did not start:\n${this.log}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      return answer?.ok;
    };
    await eventually('the relay is ready', isReady, { within: 20_000 });
  }

  // The path and fragment of a link that gives a role in a place.
  async invite(role, place) {
    const options = ['--role', role, '--place', place, '--url', this.url, '--city', this.city, '--data', this.#data];
    const { stdout } = await promisify(execFile)(BINARY, ['invite', ...options]);
    return stdout.trim().slice(this.url.length);
  }

  // As if the power had failed.
  async kill() {
    await this.#end('SIGKILL');
  }

  // In order, and its data with it.
  async stop() {
    await this.#end('SIGTERM');
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal) {
    if (!this.#isAlive()) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill(signal);
    await gone;
  }

  #isAlive() {
    return this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }
}

// Below the ports that the system gives to whoever connects: one of those may be taken between its choice and its use, if only
// by the very connection that asks whether its server listens.
const PORTS = { first: 22_000, count: 6_000 };
let next = (process.pid * 50) % PORTS.count;

export async function freePort() {
  for (let tried = 0; tried < PORTS.count; tried += 1) {
    const port = PORTS.first + (next++ % PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(() => true, () => false);
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no port is free');
}
