// What the browser's threads and the machine have used, as the system tells: in /proc.

import { readFile, readdir } from 'node:fs/promises';

const text = (path) => readFile(path, 'utf8').catch(() => '');

// Names of the threads that run scripts, beside each renderer's first one, which runs the page's own.
const WORKER = 'DedicatedWorker';

// Milliseconds that scripts' threads, the process that draws, and all of the browser have used.
export async function browserMs(session) {
  const used = { script: 0, drawing: 0, all: 0 };
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) {
    for (const thread of await readdir(`/proc/${id}/task`).catch(() => [])) {
      const ms = Number.parseInt(await text(`/proc/${id}/task/${thread}/schedstat`), 10) / 1e6 || 0;
      used.all += ms;
      if (type === 'GPU') used.drawing += ms;
      const isScript = type === 'renderer' && (Number(thread) === id || (await text(`/proc/${id}/task/${thread}/comm`)).startsWith(WORKER));
      if (isScript) used.script += ms;
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
