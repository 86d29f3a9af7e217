// What a program in Node does with the browser kit's client, against a server that runs.
//   node node-client.mjs <the client's build> <the server's address> <an access token>
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

const [build, baseUrl, token] = process.argv.slice(2);
const { createClient, HandoffError } = await import(pathToFileURL(build).href);
const handoff = createClient({ baseUrl, path: '/api/v1', token: async () => token });
const later = { startAt: '2130-01-01T00:00:00Z' };
const refused = (status) => (error) => error instanceof HandoffError && error.status === status;

// Submit, follow to the end, result, and the events once more.
const { id } = await handoff.submit('text', { input: 'What is a median?' }, { subject: 'node' });
const seen = await handoff.follow(id, { signal: AbortSignal.timeout(60_000) });
assert.equal(seen.state, 'completed');
const result = await handoff.result(id);
assert.deepEqual(result, seen.result);
const numbers = [];
for await (const event of handoff.events(id)) numbers.push(event.seq);
assert.deepEqual(numbers, Array.from({ length: numbers.length }, (_, i) => i + 1));
assert.equal((await handoff.get(id)).lastEvent, numbers.length);

// The same key is the same task; with another request it is refused.
const key = 'node-client';
const once = await handoff.submit('text', { input: 'one' }, { idempotencyKey: key, ...later });
const again = await handoff.submit('text', { input: 'one' }, { idempotencyKey: key, ...later });
assert.equal(again.id, once.id);
await assert.rejects(handoff.submit('text', { input: 'two' }, { idempotencyKey: key, ...later }), refused(422));

// Cancel, and what is refused.
assert.equal((await handoff.cancel(once.id)).state, 'cancelled');
await assert.rejects(handoff.result(once.id), refused(409));
await assert.rejects(handoff.retry(id), refused(409));
await assert.rejects(handoff.get('unknown'), refused(404));
await assert.rejects(handoff.submit('text', { input: 7 }), refused(422));
await assert.rejects(handoff.submit('unknown', {}), refused(422));

// A wait for the end.
const waited = await handoff.submit('text', { input: 'Now?' }, { wait: 30 });
assert.equal(waited.state, 'completed');

// A batch, each for itself, one of them wrong; then a listing over several pages.
const tasks = Array.from({ length: 5 }, (_, i) => ({ type: 'text', request: { input: `${i}` }, subject: 'pages', ...later }));
const receipt = await handoff.submitBatch([...tasks, { type: 'none', request: {} }], { mode: 'each' });
assert.equal(receipt.tasks.filter((task) => task.id !== undefined).length, 5);
assert.equal(receipt.tasks.at(-1).problem.status, 422);
const listed = [];
for await (const task of handoff.list({ subject: 'pages', limit: 2 })) listed.push(task.id);
assert.deepEqual(listed.toSorted(), receipt.tasks.flatMap((task) => task.id ?? []).toSorted());
assert.equal((await handoff.batch(receipt.id)).counts.queued, 5);
assert.equal((await handoff.cancelBatch(receipt.id)).counts.cancelled, 5);

// Nothing is left open that would keep the process.
console.log('all as it should be');
