import { createClient } from '@handoff/client';

const handoff = createClient({
  baseUrl: process.env['HANDOFF_URL'] ?? 'http://localhost:8080',
  path: '/api/v1',
  token: process.env['HANDOFF_TOKEN'],
});

const { id } = await handoff.submit('text', { input: 'Why is the sky blue?' });

for await (const event of handoff.events(id)) {
  if (event.type === 'chunkEmitted') process.stdout.write(event.text);
}
console.log(await handoff.result(id));
