import { type HandoffClient, createClient } from '@handoff/client';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WireServer, chunk, completed, started } from '../../client/src/wireServer.testing.ts';
import { HandoffContext } from './handoffContext.ts';
import { useTask } from './useTask.ts';

let server: WireServer;
let client: HandoffClient;

beforeEach(async () => {
  server = await WireServer.start();
  client = createClient({ baseUrl: server.url, timing: { backoff: 10, longestBackoff: 40 } });
});
afterEach(async () => {
  cleanup();
  await server.kill();
});

function TaskText({ id }: { readonly id: string | null }): ReactElement {
  const { task, status, connection, error, cancel } = useTask(id);
  return (
    <button type="button" onClick={() => void cancel()}>
      {`${status} ${connection}: ${task?.text ?? error?.status ?? ''}`}
    </button>
  );
}

function page(...ids: readonly (string | null)[]): ReactElement {
  return (
    <StrictMode>
      <HandoffContext value={client}>
        {ids.map((id, index) => (
          <TaskText key={`${id} ${index}`} id={id} />
        ))}
      </HandoffContext>
    </StrictMode>
  );
}

const until = (check: () => void): Promise<void> => waitFor(check, { timeout: 4_000, interval: 10 });

describe('useTask', () => {
  it('shows chunks as they come, over one connection for all under StrictMode', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('x = '));
    const view = render(page('t1', 't1'));
    await until(() => expect(screen.getAllByText('processing live: x =')).toHaveLength(2));

    task.emit(chunk('4'));
    await until(() => expect(screen.getAllByText('processing live: x = 4')).toHaveLength(2));
    expect(server.requests).toHaveLength(1);

    view.unmount();
    await until(() => expect(server.openStreams).toBe(0));
  });

  it('clears the text that a handler takes back', async () => {
    const task = server.add('t1');
    task.emit(started, chunk('x = 5, no'));
    render(page('t1'));
    await until(() => expect(screen.getByText('processing live: x = 5, no')).toBeDefined());

    task.emit({ type: 'outputReset' });
    await until(() => expect(screen.getByText('processing live:')).toBeDefined());

    task.emit(chunk('x = 4'));
    await until(() => expect(screen.getByText('processing live: x = 4')).toBeDefined());
  });

  it('leaves nothing behind: no connection, no timer, no listener', async () => {
    const added = vi.spyOn(window, 'addEventListener');
    const removed = vi.spyOn(window, 'removeEventListener');
    server.add('t1');
    const view = render(page('t1'));
    await until(() => expect(server.openStreams).toBe(1));
    view.unmount();
    await until(() => expect(server.openStreams).toBe(0));

    const names = (calls: readonly (readonly unknown[])[]): unknown[] =>
      calls
        .map(([name]) => name)
        .filter((name) => ['online', 'offline', 'pageshow', 'storage'].includes(String(name)))
        .toSorted();
    expect(names(added.mock.calls)).not.toHaveLength(0);
    expect(names(removed.mock.calls)).toEqual(names(added.mock.calls));
    const requests = server.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.requests).toHaveLength(requests);
  });

  it('turns to another task, and to none', async () => {
    server.add('t1').emit(started, chunk('one'));
    server.add('t2').emit(started, chunk('two'), completed);
    const view = render(page('t1'));
    await until(() => screen.getByText('processing live: one'));

    view.rerender(page('t2'));
    await until(() => screen.getByText('completed ended: two'));
    await until(() => expect(server.openStreams).toBe(0));
    view.rerender(page(null));
    screen.getByText('idle connecting:');
  });

  it('says that nothing is known yet, or that the server refuses', async () => {
    render(page('nobody'));

    screen.getByText('connecting connecting:');
    await until(() => screen.getByText('refused ended:'));
  });

  it('cancels the task it follows', async () => {
    server.add('t1').emit(started);
    render(page('t1'));
    await until(() => screen.getByText('processing live:'));

    screen.getByRole('button').click();

    await until(() => screen.getByText('cancelled ended:'));
  });
});
