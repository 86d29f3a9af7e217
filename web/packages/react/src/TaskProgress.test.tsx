import { type HandoffClient, createClient } from '@handoff/client';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type NewEvent,
  WireServer,
  chunk,
  completed,
  problem,
  started,
} from '../../client/src/wireServer.testing.ts';
import { HandoffContext } from './handoffContext.ts';
import { TaskProgress, type TaskProgressProps } from './TaskProgress.tsx';

let server: WireServer;
let client: HandoffClient;

beforeEach(async () => {
  server = await WireServer.start();
  client = createClient({ baseUrl: server.url, timing: { backoff: 10, longestBackoff: 40, answer: 2_000 } });
});
afterEach(async () => {
  cleanup();
  await server.kill();
});

function page(props: Partial<TaskProgressProps> = {}): ReactElement {
  return (
    <StrictMode>
      <HandoffContext value={client}>
        <TaskProgress id="t1" label="Summary" {...props} />
      </HandoffContext>
    </StrictMode>
  );
}

const until = (check: () => void): Promise<void> => waitFor(check, { timeout: 5_000, interval: 10 });
const bar = (): HTMLElement => screen.getByRole('progressbar', { name: 'Summary' });
const spoken = (): string | null => screen.getByRole('status').textContent;
const progress = (percent: number, message: string): NewEvent => ({
  type: 'progressReported',
  percent,
  message,
  step: null,
});

// What is spoken changes once a second at most.
vi.setConfig({ testTimeout: 20_000 });

describe('TaskProgress', () => {
  it('shows how far the task is, and says it', async () => {
    const task = server.add('t1');
    render(page({ showText: true }));
    await until(() => expect(spoken()).toBe('Waiting for its turn'));
    expect(bar().hasAttribute('aria-valuenow')).toBe(false);

    task.emit(started, progress(40, 'Reading'), chunk('It is '));
    await until(() => expect(bar().getAttribute('aria-valuenow')).toBe('40'));
    expect(bar().getAttribute('aria-valuetext')).toBe('40 %, Reading');
    await until(() => expect(spoken()).toBe('Reading'));
    screen.getByText('It is');

    task.emit(chunk('done'), completed);
    await until(() => expect(bar().getAttribute('aria-valuenow')).toBe('100'));
    await until(() => expect(spoken()).toBe('Done'));
    screen.getByText('It is done');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('does not say more than can be heard', async () => {
    const task = server.add('t1');
    render(page());
    await until(() => expect(spoken()).toBe('Waiting for its turn'));
    const said = new Set<string | null>();
    const observer = new MutationObserver(() => said.add(spoken()));
    observer.observe(screen.getByRole('status'), { childList: true, characterData: true, subtree: true });

    task.emit(started);
    for (let step = 1; step <= 30; step += 1) {
      task.emit(progress(step, `Page ${step}`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }

    await until(() => expect(spoken()).toBe('Page 30'));
    observer.disconnect();
    expect(said.size).toBeLessThan(4);
  });

  it('says where it stands in line, in the words of the page', async () => {
    const task = server.add('t1');
    task.moveTo({ position: 3, of: 9, startsIn: { p50: 9.1, p90: 20 } });
    const { rerender } = render(page());
    await until(() => expect(spoken()).toBe('3rd in line, about 10 seconds'));
    task.moveTo({ position: 1, of: 7 });
    await until(() => expect(spoken()).toBe('Next in line'));

    rerender(page({ words: { place: ({ position }) => `Platz ${position}` } }));
    await until(() => expect(spoken()).toBe('Platz 1'));
  });

  it('says why it waits, and that the network is away', async () => {
    const task = server.add('t1');
    task.emit(started, {
      type: 'attemptFailed',
      attempt: 1,
      error: { code: 'rateLimited', message: 'The AI is busy, trying again shortly' },
      retryAt: '2026-01-05T09:01:01Z',
    });
    const { container } = render(page());
    await until(() => expect(container.querySelector('[data-status="waiting"]')).not.toBeNull());
    await until(() => expect(spoken()).toBe('The AI is busy, trying again shortly'));

    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    dispatchEvent(new Event('offline'));
    await until(() => expect(container.querySelector('[data-connection="offline"]')).not.toBeNull());
    await until(() => expect(spoken()).toMatch(/^You are offline/));
    online.mockReturnValue(true);
    dispatchEvent(new Event('online'));
    await until(() => expect(spoken()).toBe('The AI is busy, trying again shortly'));

    await server.kill();
    await until(() => expect(spoken()).toBe('Connection lost, reconnecting…'));
    await server.start();
    await until(() => expect(spoken()).toBe('The AI is busy, trying again shortly'));
  });

  it('cancels', async () => {
    server.add('t1').emit(started);
    render(page());
    await until(() => expect(spoken()).toBe('Working…'));

    screen.getByRole('button', { name: 'Cancel' }).click();

    await until(() => expect(spoken()).toBe('Cancelled'));
  });

  it('says so when the server cannot be told', async () => {
    server.trouble = ({ method }, response) =>
      method === 'POST' ? (problem(response, 403, 'not-permitted'), 'handled') : null;
    server.add('t1').emit(started);
    render(page({ words: { requestFailed: 'Das ging nicht.' } }));
    await until(() => expect(spoken()).toBe('Working…'));

    screen.getByRole('button', { name: 'Cancel' }).click();

    await until(() => expect(spoken()).toBe('Das ging nicht.'));
    expect((screen.getByRole('button', { name: 'Cancel' }) as HTMLButtonElement).disabled).toBe(false);
  });

  it('says why the task failed, and lets it be tried again', async () => {
    const error = { code: 'timeout', message: 'It took too long.' };
    server.add('t1').emit(started, { type: 'taskFailed', error });
    render(page({ canRetry: true }));
    await until(() => expect(spoken()).toBe('It did not work: It took too long.'));

    screen.getByRole('button', { name: 'Try again' }).click();

    await until(() => expect(spoken()).toBe('Waiting for its turn'));
    server.task('t1').emit({ type: 'attemptStarted', attempt: 2 }, completed);
    await until(() => expect(spoken()).toBe('Done'));
  });

  it('shows nothing for no task, and says when it may not show one', async () => {
    const view = render(page({ id: null }));
    expect(view.container.textContent).toBe('');

    view.rerender(page({ id: 'nobody' }));
    await until(() => expect(spoken()).toBe('This task cannot be shown'));
  });
});
