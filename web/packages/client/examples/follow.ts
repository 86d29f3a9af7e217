import { HandoffError, createClient } from '@handoff/client';

const handoff = createClient({
  baseUrl: process.env['HANDOFF_URL'] ?? 'http://localhost:8080',
  path: '/api/v1',
  token: async () => process.env['HANDOFF_TOKEN'] ?? '',
});

try {
  const { id } = await handoff.submit('text', { input: 'Hello' }, { subject: 'lesson-7' });
  const { state, text } = await handoff.follow(id, {
    signal: AbortSignal.timeout(600_000),
    onChange: ({ task, connection }) => console.log(connection, task.progress.percent, task.text),
  });
  console.log(state, text);
} catch (error) {
  if (!(error instanceof HandoffError)) throw error;
  console.error(error.type, error.status, error.message, error.retryAfter, error.problem['errors']);
}
