// BullMQ's side of the comparison: what Measurements.java asks of the others, asked of BullMQ in one Node process.
//   node measured.mjs <redis port> <measurement>
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';

const THREADS = 16; // loops of one process here: ioredis sends what they ask together
const WARM_UP = 20; // seconds
const MEASURE = 1.5;
const connection = { host: '127.0.0.1', port: Number(process.argv[2]) };
const text = 'handoff'.repeat(143).slice(0, 1_000);
const queue = new Queue('work', { connection });
await queue.waitUntilReady();

// This process ends when the one that started it does.
process.stdin.on('end', () => process.exit(1)).resume();

const now = () => Number(process.hrtime.bigint());
const tell = (word, value) => console.log(`${word} ${value}`);
const figure = (name, value) => tell('figure', `${name} ${value}`);
const work = (number = 0) => ({ number, text });
const submit = (number) => queue.add('work', work(number));
const submitAll = (count, first = 0) =>
  queue.addBulk(Array.from({ length: count }, (_, i) => ({ name: 'work', data: work(first + i) })));

const inLoops = (count, loop) => Promise.all(Array.from({ length: count }, loop));

async function rate(loops, call, seconds) {
  const start = now();
  let calls = 0;
  await inLoops(loops, async () => {
    while (now() - start < seconds * 1e9) {
      await call();
      calls++;
    }
  });
  return calls / ((now() - start) / 1e9);
}

const WARM_UP_TASKS = 4_000;
async function warmUp() {
  for (let i = 0; i < WARM_UP_TASKS; i++) await submit();
}

/** Starts a worker; `ended(count)` waits until so many tasks' ends are stored. */
async function start(handler, options = {}) {
  const worker = new Worker('work', handler, { connection, ...options });
  let completed = 0;
  let check = () => {};
  worker.on('completed', () => {
    completed++;
    check();
  });
  worker.on('error', (error) => console.error(error));
  await worker.waitUntilReady();
  return (count) =>
    new Promise((resolve) => {
      check = () => completed >= count && resolve();
      check();
    });
}

function percentile(sorted, share) {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] / 1e6;
}

function peakMegabytes() {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
}

const measurements = {
  async submit() {
    await rate(THREADS, () => submit(), WARM_UP);
    figure('submit-1', await rate(1, () => submit(), MEASURE));
    figure('submit-16', await rate(THREADS, () => submit(), MEASURE));
    figure('submit-bulk', 1_000 * (await rate(1, () => submitAll(1_000), MEASURE)));
  },

  async drain() {
    for (let i = 0; i < 170; i++) await submitAll(1_000);
    const ended = await start(async () => 'done', { concurrency: 100 });
    await ended(150_000);
    const begin = now();
    await ended(170_000);
    figure('drain', 20_000 / ((now() - begin) / 1e9));
  },

  async latency() {
    const nanos = [];
    const ended = await start(async (job) => {
      if (job.data.number !== 0) nanos.push(now() - job.data.number);
    });
    await warmUp();
    await ended(WARM_UP_TASKS);
    let next = now();
    for (let i = 0; i < 200; i++) {
      next += 50e6;
      await pause((next - now()) / 1e6);
      await submit(now());
    }
    await ended(WARM_UP_TASKS + 200);
    nanos.sort((a, b) => a - b);
    figure('latency-p50', percentile(nanos, 0.5));
    figure('latency-p99', percentile(nanos, 0.99));
  },

  async waiting() {
    const ended = await start((job) => job.data.number !== 0 && pause(2_000), { concurrency: 10_000 });
    await warmUp();
    await ended(WARM_UP_TASKS);
    const begin = now();
    for (let i = 0; i < 10; i++) await submitAll(1_000, 1);
    await ended(WARM_UP_TASKS + 10_000);
    figure('waiting-seconds', (now() - begin) / 1e9);
    figure('waiting-memory', peakMegabytes());
  },

  async reads() {
    const ids = [];
    for (let i = 0; i < 2_000; i++) ids.push((await submit()).id);
    // The whole job, with its state's times and its progress: faster here than asking for the state's name.
    const read = async () => {
      if (!(await queue.getJob(ids[Math.floor(Math.random() * ids.length)]))) throw new Error('lost');
    };
    await rate(THREADS, read, WARM_UP);
    figure('reads', await rate(THREADS, read, MEASURE));
  },

  async hold() {
    await submitAll(200);
    await start(
      async (job) => {
        tell('begun', job.data.number);
        await pause(3_600_000);
      },
      { concurrency: 200 },
    );
    await new Promise(() => {});
  },

  async take() {
    await start(
      async (job) => {
        tell('begun', job.data.number);
        await pause(5_000);
      },
      { concurrency: 200 },
    );
    console.log('ready');
    await new Promise(() => {});
  },
};

await measurements[process.argv[3]]();
process.exit(0);
