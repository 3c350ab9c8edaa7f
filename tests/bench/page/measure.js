// The page as Lighthouse sees it, on the line and the processor that the budgets are for: a table, and docs/page-benchmarks.md.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, release, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import lighthouse from 'lighthouse';

import { Relay } from '../../browser/harness/relay.js';

const SLOWED = {
  rttMs: 170,
  throughputKbps: 9_000,
  requestLatencyMs: 170,
  downloadThroughputKbps: 9_000,
  uploadThroughputKbps: 9_000,
  cpuSlowdownMultiplier: 4,
};

// What is asked of each category, in points.
const GOAL = 95;
const CATEGORIES = { performance: GOAL, accessibility: GOAL, 'best-practices': GOAL, seo: null };

const FIGURES = {
  'first-contentful-paint': 'something is seen',
  'largest-contentful-paint': 'the largest text is seen',
  'speed-index': 'how soon all is seen (speed index)',
  'total-blocking-time': 'tasks keep the page from answering, in all',
  'cumulative-layout-shift': 'things move about',
};

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, docs: { type: 'string' } } });
const relay = await Relay.start();
const visits = [];
try {
  while (visits.length < Number(values.rounds)) {
    const visit = await visited(relay.url);
    console.log(Object.keys(CATEGORIES).map((name) => `${name} ${points(visit, name)}`).join(', '));
    visits.push(visit);
  }
} finally {
  await relay.stop();
}
if (values.docs) await writeFile(path.join(values.docs, 'page-benchmarks.md'), page());

// One visit, in a browser that knows nothing yet.
async function visited(url) {
  const profile = await mkdtemp(path.join(tmpdir(), 'lighthouse-'));
  const flags = ['--headless=new', '--no-sandbox', '--no-first-run', '--enable-unsafe-swiftshader', '--remote-debugging-port=0'];
  const browser = spawn(process.env.CHROMIUM, [...flags, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const port = await portOf(browser);
    const { lhr } = await lighthouse(url, {
      port,
      logLevel: 'error',
      formFactor: 'mobile',
      throttlingMethod: 'devtools',
      throttling: SLOWED,
    });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    browser.kill();
    await once(browser, 'exit');
    await rm(profile, { recursive: true, force: true });
  }
}

// It says by itself where it listens.
async function portOf(browser) {
  let told = '';
  for await (const text of browser.stderr.setEncoding('utf8')) {
    told += text;
    const found = told.match(/ws:\/\/[^:]+:(\d+)\//);
    if (found) return Number(found[1]);
  }
  throw new Error(`the browser did not start: ${told}`);
}

function points(visit, category) {
  return Math.round(visit.categories[category].score * 100);
}

function spread(all) {
  const sorted = all.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1) };
}

function page() {
  const [{ lighthouseVersion, environment }] = visits;
  const lines = [
    '# The page as Lighthouse sees it',
    '',
    `A first visit to the arrival place on a phone, at 9 Mbit/s and 170 ms with a processor a quarter as fast: the median of ${visits.length} visits, and the`,
    'worst and the best of them. This page is written by `cargo xtask bench --page`; how it measures is told in',
    '[tests/bench/page](../tests/bench/page/README.md).',
    '',
    '| | median | from | to | goal |',
    '|---|---:|---:|---:|---:|',
  ];
  for (const [name, goal] of Object.entries(CATEGORIES)) {
    const { median, least, most } = spread(visits.map((visit) => points(visit, name)));
    const verdict = goal === null ? '' : `${goal}${median < goal ? ', missed' : ''}`;
    lines.push(`| ${visits[0].categories[name].title} | ${median} | ${least} | ${most} | ${verdict} |`);
  }
  lines.push('', '| | median | from | to |', '|---|---:|---:|---:|');
  for (const [name, told] of Object.entries(FIGURES)) {
    const { median, least, most } = spread(visits.map((visit) => visit.audits[name].numericValue));
    const unit = visits[0].audits[name].numericUnit;
    const cells = [median, least, most].map((value) => (unit === 'millisecond' ? `${(value / 1000).toFixed(2)} s` : value.toFixed(3)));
    lines.push(`| ${told} | ${cells.join(' | ')} |`);
  }
  lines.push('', ...complaints());
  const browser = environment.hostUserAgent.match(/Chrom\w+\/[\d.]+/)?.[0].replace('/', ' ');
  lines.push(`Lighthouse ${lighthouseVersion}, ${browser}, ${cpus()[0].model.trim()}, ${cpus().length} cores, Linux ${release()}.`, '');
  return lines.join('\n');
}

// What it had against the page in any visit, apart from how long things took.
function complaints() {
  const found = new Set();
  for (const visit of visits) {
    for (const category of Object.keys(CATEGORIES).filter((name) => name !== 'performance')) {
      for (const { id } of visit.categories[category].auditRefs) {
        const { score, title } = visit.audits[id];
        if (score !== null && score < 1) found.add(`- ${title}`);
      }
    }
  }
  return found.size === 0 ? [] : ['What it had against the page beside times, in at least one visit:', '', ...found, ''];
}
