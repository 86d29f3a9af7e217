// Tasks over HTTP as a Node team builds it: Express in front of BullMQ, the worker a process of its own that holds its tasks.
//   node server.mjs <redis port> <http port> <tasks at once>
import { fork } from 'node:child_process';
import { Job, Queue, Worker } from 'bullmq';
import express from 'express';

const [redisPort, httpPort, atOnce] = process.argv.slice(2, 5).map(Number);
const connection = { host: '127.0.0.1', port: redisPort };

if (process.argv[5] === 'worker') {
  const worker = new Worker('work', () => new Promise(() => {}), { connection, concurrency: atOnce });
  await worker.waitUntilReady();
  process.send('ready');
  process.on('disconnect', () => process.exit());
} else {
  const queue = new Queue('work', { connection });
  await queue.waitUntilReady();
  const app = express();
  app.use(express.json({ limit: '1mb' }));
  app.post('/tasks', async (request, response) => {
    if (typeof request.body?.input !== 'string') return response.status(422).json({ error: 'input is a text' });
    const job = await queue.add('text', { input: request.body.input });
    response.status(202).json({ id: job.id });
  });
  app.get('/tasks/:id', async (request, response) => {
    const job = await Job.fromId(queue, request.params.id);
    if (!job) return response.status(404).json({ error: 'unknown' });
    response.json({ id: job.id, state: await job.getState(), progress: job.progress, result: job.returnvalue });
  });
  const worker = fork(import.meta.filename, [...process.argv.slice(2, 5), 'worker']);
  worker.once('message', () => app.listen(httpPort, '127.0.0.1', () => console.log('ready')));
  // This process ends when the one that started it does.
  process.stdin.on('end', () => process.exit(1)).resume();
}
