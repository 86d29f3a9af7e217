import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WireServer, chunk, completed, goodToken, started } from './wireServer.testing.ts';

let server: WireServer;

beforeEach(async () => {
  server = await WireServer.start();
  vi.stubEnv('HANDOFF_URL', server.url);
  vi.stubEnv('HANDOFF_TOKEN', goodToken);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.kill();
});

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** Completes every task as soon as it exists. */
function workOff(): void {
  const { trouble } = server;
  server.trouble = (request, response) => {
    for (const task of server.tasks.values())
      if (task.events.length === 1 && request.url?.includes('/tasks/'))
        task.emit(started, chunk('Blue '), chunk('light scatters.'), completed);
    return trouble(request, response);
  };
}

describe('the README', () => {
  it.each(['submit', 'follow', 'many', 'hold'])('shows examples/%s.ts as it is', (name) => {
    const example = readFileSync(new URL(`../examples/${name}.ts`, import.meta.url), 'utf8');

    expect(readme).toContain('```ts\n' + example + '```');
  });

  it('has an example that submits and prints the answer as it comes', async () => {
    workOff();
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const logged = vi.spyOn(console, 'log').mockReturnValue();

    await import('../examples/submit.ts');

    const texts = written.mock.calls.map(([text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['Blue ', 'light scatters.']));
    expect(logged).toHaveBeenCalledWith({ response: 'x = 4' });
  });

  it('has an example that follows', async () => {
    workOff();
    const logged = vi.spyOn(console, 'log').mockReturnValue();

    await import('../examples/follow.ts');

    expect(logged).toHaveBeenLastCalledWith('completed', 'Blue light scatters.');
  });

  it('has an example with many tasks', async () => {
    const logged = vi.spyOn(console, 'log').mockReturnValue();

    await import('../examples/many.ts');

    expect(logged.mock.calls).toHaveLength(3);
    expect([...server.tasks.values()].map((task) => task.view().state)).toEqual(['cancelled', 'cancelled']);
  });
});
