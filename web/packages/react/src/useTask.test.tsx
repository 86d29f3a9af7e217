// @vitest-environment happy-dom
import { taskWatches } from '@handoff/client';
import { act, cleanup, render, screen } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeStreams, settle } from '../../client/src/fakeStreams.testing.ts';
import { HandoffContext, useTask } from './useTask.ts';

const at = '2026-01-05T09:00:00Z';

function TaskText({ id }: { readonly id: string }): ReactElement {
  const { task, connection, stop } = useTask(id);
  return (
    <button type="button" onClick={() => void stop()}>
      {`${connection}: ${task.text}`}
    </button>
  );
}

describe('useTask', () => {
  afterEach(cleanup);

  it('shows chunks as they come, over one connection for all under StrictMode', async () => {
    const { fetch, connections } = fakeStreams();
    const handoff = { watchOf: taskWatches({ fetch }), cancel: async () => {} };
    const view = render(
      <StrictMode>
        <HandoffContext value={handoff}>
          <TaskText id="t1" />
          <TaskText id="t1" />
        </HandoffContext>
      </StrictMode>,
    );
    await act(settle);
    const open = (): typeof connections => connections.filter((connection) => !connection.signal?.aborted);
    expect(open()).toHaveLength(1);

    await act(() => open()[0]!.send({ seq: 1, at, type: 'chunkEmitted', text: 'x = 4' }));
    expect(screen.getAllByText('live: x = 4')).toHaveLength(2);

    view.unmount();
    expect(open()).toHaveLength(0);
  });

  it('stops the task it follows', async () => {
    const stopped: string[] = [];
    const handoff = {
      watchOf: taskWatches({ fetch: fakeStreams().fetch }),
      cancel: async (id: string) => void stopped.push(id),
    };
    render(
      <HandoffContext value={handoff}>
        <TaskText id="t1" />
      </HandoffContext>,
    );

    screen.getByRole('button').click();

    expect(stopped).toEqual(['t1']);
  });
});
