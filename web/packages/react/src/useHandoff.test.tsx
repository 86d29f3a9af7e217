import type * as Client from '@handoff/client';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { type ReactElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WireServer, chunk, completed, problem, started } from '../../client/src/wireServer.testing.ts';
import type * as Kit from './index.ts';

let server: WireServer;
let numberOfPages = 0;

beforeEach(async () => {
  server = await WireServer.start();
  localStorage.clear();
});
afterEach(async () => {
  cleanup();
  await server.kill();
});

/** As browsers do in every tab but the one that wrote. */
function tellOtherTabs(change: 'setItem' | 'removeItem'): void {
  const storage = Object.getPrototypeOf(localStorage) as Record<typeof change, (key: string) => void>;
  const original = storage[change];
  storage[change] = function (this: Storage, key, ...value) {
    original.call(this, key, ...value);
    setTimeout(() => dispatchEvent(new StorageEvent('storage', { key })));
  };
}
for (const change of ['setItem', 'removeItem'] as const) tellOtherTabs(change);

type Tab = {
  readonly text: () => string;
  readonly press: (name: string) => void;
  readonly close: () => void;
};

type TabOptions = {
  readonly scope?: string;
  readonly submit?: (request: { readonly input: string }) => Promise<{ readonly id: string }>;
};

/** A tab of its own: modules, memory and connections as after loading a page; only the storage is shared. */
async function openTab({ scope = '', submit }: TabOptions = {}): Promise<Tab> {
  vi.resetModules();
  const { HandoffContext, useHandoff } = (await import('./index.ts')) as typeof Kit;
  const { createClient } = (await import('@handoff/client')) as typeof Client;
  const client = createClient({ baseUrl: server.url, timing: { backoff: 10, longestBackoff: 40 } });
  const name = `page ${(numberOfPages += 1)}`;

  function Form(): ReactElement {
    const handoff = useHandoff<{ input: string }, { response: string }>('text', { scope, submit });
    const { id, status, text, result, error } = handoff;
    return (
      <section aria-label={name}>
        <p>{[id, status, text, result?.response, error?.message].filter(Boolean).join(' | ')}</p>
        <button onClick={() => void handoff.submit({ input: 'hi' })}>submit</button>
        <button onClick={() => void handoff.cancel()}>cancel</button>
        <button onClick={() => void handoff.retry()}>retry</button>
        <button onClick={handoff.reset}>reset</button>
      </section>
    );
  }
  const view = render(
    <StrictMode>
      <HandoffContext value={client}>
        <Form />
      </HandoffContext>
    </StrictMode>,
  );
  const section = screen.getByRole('region', { name });
  return {
    text: () => section.querySelector('p')?.textContent ?? '',
    press: (label) =>
      [...section.querySelectorAll('button')].find(({ textContent }) => textContent === label)?.click(),
    close: view.unmount,
  };
}

const until = (check: () => void): Promise<void> => waitFor(check, { timeout: 4_000, interval: 10 });
const shows = (tab: Tab, text: string): Promise<void> => until(() => expect(tab.text()).toBe(text));

describe('useHandoff', () => {
  it('submits a task and follows it to its result', async () => {
    const tab = await openTab();
    expect(tab.text()).toBe('idle');

    tab.press('submit');
    await shows(tab, 't1 | queued');
    server.task('t1').emit(started, chunk('x '));
    await shows(tab, 't1 | processing | x ');
    server.task('t1').emit(chunk('= 4'), completed);
    await shows(tab, 't1 | completed | x = 4 | x = 4');
    expect(JSON.parse(server.requests[0]!.body)).toEqual({ type: 'text', request: { input: 'hi' } });
  });

  it('finds its task again after a reload', async () => {
    const before = await openTab();
    before.press('submit');
    await shows(before, 't1 | queued');
    server.task('t1').emit(started, chunk('a'));
    before.close();
    await until(() => expect(server.openStreams).toBe(0));

    const after = await openTab();
    expect(after.text()).toBe('t1 | connecting');
    await shows(after, 't1 | processing | a');
    server.task('t1').emit(completed);
    await shows(after, 't1 | completed | a | x = 4');
  });

  it('is about the same task in all tabs', async () => {
    const [one, two] = [await openTab(), await openTab()];
    one.press('submit');
    await shows(two, 't1 | queued');
    server.task('t1').emit(started, chunk('a'));
    await shows(one, 't1 | processing | a');
    await shows(two, 't1 | processing | a');

    two.press('cancel');
    await shows(one, 't1 | cancelled | a | cancelled by its owner');
    two.press('submit');
    await shows(one, 't2 | queued');
    one.press('reset');
    await shows(two, 'idle');
    expect(server.tasks.size).toBe(2);
  });

  it('keeps scopes apart', async () => {
    const [lesson, other] = [await openTab({ scope: 'lesson-7' }), await openTab()];

    lesson.press('submit');

    await shows(lesson, 't1 | queued');
    expect(other.text()).toBe('idle');
    expect(localStorage.getItem('handoff:task:lesson-7:text')).toBe('t1');
  });

  it("submits through the application's own call, and finds that task again", async () => {
    const submit = async ({ input }: { readonly input: string }): Promise<{ readonly id: string }> => {
      server.add(`for ${input}`);
      return { id: `for ${input}` };
    };
    const before = await openTab({ submit });
    before.press('submit');
    await shows(before, 'for hi | queued');
    before.close();

    const after = await openTab({ submit });
    server.task('for hi').emit(started, chunk('a'));
    await shows(after, 'for hi | processing | a');
    expect(server.calls(/^POST/)).toHaveLength(0);
  });

  it('makes one task of two clicks', async () => {
    const tab = await openTab();

    tab.press('submit');
    tab.press('submit');

    await shows(tab, 't1 | queued');
    expect(server.calls(/^POST/)).toHaveLength(1);
  });

  it('says why the server refused, until the next try', async () => {
    server.trouble = (_, response) => (problem(response, 422, 'invalid-payload'), 'handled');
    const tab = await openTab();
    tab.press('submit');
    await shows(tab, 'idle | invalid-payload.');

    server.trouble = () => null;
    tab.press('submit');
    await shows(tab, 't1 | queued');
  });

  it('says why the task failed, and tries it again', async () => {
    const tab = await openTab();
    tab.press('submit');
    await shows(tab, 't1 | queued');
    server
      .task('t1')
      .emit(started, { type: 'taskFailed', error: { code: 'timeout', message: 'It took too long.' } });
    await shows(tab, 't1 | failed | It took too long.');

    tab.press('retry');
    await shows(tab, 't1 | queued');
    server.task('t1').emit({ type: 'attemptStarted', attempt: 2 }, completed);
    await shows(tab, 't1 | completed | x = 4');
  });

  it('forgets a task that has expired', async () => {
    localStorage.setItem('handoff:task:text', 'of last week');

    const tab = await openTab();

    await shows(tab, 'idle');
    expect(localStorage.getItem('handoff:task:text')).toBeNull();
  });

  it('keeps a submit that is under way when its form is closed', async () => {
    let letThrough = (): void => {};
    server.trouble = (request, response) => {
      if (request.method !== 'POST') return null;
      const end = response.end.bind(response);
      response.end = ((text: string) => {
        letThrough = () => void end(text);
        return response;
      }) as never;
      return null;
    };
    const tab = await openTab();
    tab.press('submit');
    await until(() => expect(server.tasks.size).toBe(1));
    tab.close();
    letThrough();

    await until(() => expect(localStorage.getItem('handoff:task:text')).toBe('t1'));
  });

  it('renders on a server as if there were no task', async () => {
    localStorage.setItem('handoff:task:text', 't1');
    vi.resetModules();
    const { useHandoff, TaskProgress } = (await import('./index.ts')) as typeof Kit;
    function Form(): ReactElement {
      const { id, status } = useHandoff('text');
      return (
        <p>
          {status}
          <TaskProgress id={id} label="Summary" />
        </p>
      );
    }

    expect(renderToString(<Form />)).toBe('<p>idle</p>');
    expect(server.requests).toHaveLength(0);
  });

  it('works where storage is forbidden', async () => {
    vi.spyOn(Object.getPrototypeOf(localStorage) as Storage, 'getItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    vi.spyOn(Object.getPrototypeOf(localStorage) as Storage, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    const tab = await openTab();

    tab.press('submit');

    await shows(tab, 't1 | queued');
  });
});
