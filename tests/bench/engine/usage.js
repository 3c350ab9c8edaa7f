// What the browser's threads and the machine have used, as the system tells: in /proc.

import { readFile, readdir } from 'node:fs/promises';

const text = (path) => readFile(path, 'utf8').catch(() => '');

// How the name of a worker's thread begins; a page's own is the first one of its process.
const WORKER = 'DedicatedWorker';

// Milliseconds that the threads of pages, those of workers, the process that draws, and all of the browser have used.
export async function browserMs(session) {
  const used = { page: 0, workers: 0, drawing: 0, all: 0 };
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) {
    for (const thread of await readdir(`/proc/${id}/task`).catch(() => [])) {
      const ms = Number.parseInt(await text(`/proc/${id}/task/${thread}/schedstat`), 10) / 1e6 || 0;
      used.all += ms;
      if (type === 'GPU') used.drawing += ms;
      if (type !== 'renderer') continue;
      if (Number(thread) === id) used.page += ms;
      else if ((await text(`/proc/${id}/task/${thread}/comm`)).startsWith(WORKER)) used.workers += ms;
    }
  }
  return used;
}

// Time of all cores since the machine started, in the kernel's ticks: all of it, what was worked, and what the host took away.
export async function machine() {
  const [user, nice, system, idle, wait, hard, soft, stolen] = (await text('/proc/stat')).split('\n')[0].split(/\s+/).slice(1, 9).map(Number);
  const working = user + nice + system + hard + soft;
  return { total: working + idle + wait + stolen, working, stolen };
}

export async function cores() {
  return (await text('/proc/stat')).split('\n').filter((line) => /^cpu\d/.test(line)).length;
}
