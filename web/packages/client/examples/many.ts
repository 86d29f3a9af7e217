import { createClient } from '@handoff/client';

const handoff = createClient({
  baseUrl: process.env['HANDOFF_URL'] ?? 'http://localhost:8080',
  path: '/api/v1',
  token: process.env['HANDOFF_TOKEN'],
});

const { id } = await handoff.submitBatch([
  { type: 'text', request: { input: 'one' } },
  { type: 'text', request: { input: 'two' }, priority: 'low' },
]);
const { counts, finished } = await handoff.batch(id);
console.log(counts, finished);

for await (const task of handoff.list({ type: 'text', state: 'queued' })) {
  console.log(task.id, task.progress.percent);
}
await handoff.cancelBatch(id);
