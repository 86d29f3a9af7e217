// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { Tooltip } from 'radix-ui';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatPage } from './ChatPage.tsx';
import { algebraOnTheWire } from './chat.testing.ts';

type Answer = { readonly status?: number; readonly body?: unknown };

/** What the server says to "METHOD /path"; a list is used up one by one, its last entry stays. */
type Script = Record<string, Answer | Answer[]>;

const asha = { id: 'u1', username: 'asha@demo.test', first_name: 'Asha' };
const config = {
  poll_every_ms: 1000,
  poll_at_most: 60,
  ai_provider: 'openai',
  topics: ['Algebra', 'Reading', 'Writing'],
};
const processing = { body: { status: 'processing', success: true } };

const usual: Script = {
  'GET /api/auth/me/': { body: asha },
  'GET /ai/chat/config/': { body: config },
  'POST /ai/chat/message/': { body: { success: true, task_id: 't1', status: 'processing' } },
  'POST /ai/generate-question/': { body: { success: true, task_id: 't1', status: 'processing' } },
  'GET /ai/task/t1/': processing,
  'GET /ai/chat/conversations/': {
    body: {
      success: true,
      more: false,
      conversations: [{ id: 'c1', title: 'Slopes', updated_at: 1, is_answering: false }],
    },
  },
};

/** What was saved of the conversation, which is the only one. */
let saved: { messages: unknown[]; pending: unknown } | null = null;

function onConversation(method: string, body: string): Response {
  if (method === 'PUT') {
    const change = JSON.parse(body) as { messages: unknown[]; pending: unknown };
    saved = { messages: [...(saved?.messages ?? []), ...change.messages], pending: change.pending };
  }
  return saved === null
    ? Response.json({ success: false, error: 'Chat not found' }, { status: 404 })
    : Response.json({ success: true, ...saved });
}

/** Opens the page on a scripted server without live streams; returns what was called. */
async function open(script: Script = {}): Promise<string[]> {
  const calls: string[] = [];
  const answers: Script = { ...usual, ...script };
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    const call = `${init?.method ?? 'GET'} ${url}`;
    calls.push(call);
    if (/conversations\/[0-9a-f-]{36}/.test(url)) {
      return onConversation(init?.method ?? 'GET', String(init?.body ?? ''));
    }
    const scripted = answers[call] ?? { status: 404, body: { title: 'Not found' } };
    const answer = Array.isArray(scripted)
      ? scripted.length > 1
        ? scripted.shift()!
        : scripted[0]!
      : scripted;
    return Response.json(answer.body ?? null, { status: answer.status ?? 200 });
  });
  render(
    <StrictMode>
      <Tooltip.Provider>
        <ChatPage />
      </Tooltip.Provider>
    </StrictMode>,
  );
  await seconds(0);
  return calls;
}

const seconds = (count: number): Promise<void> =>
  act(async () => void (await vi.advanceTimersByTimeAsync(count * 1_000)));
const input = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' });
const indicator = (): HTMLElement | null => screen.queryByRole('status', { name: 'SAT Buddy is answering' });

async function say(text: string): Promise<void> {
  fireEvent.change(input(), { target: { value: text } });
  fireEvent.keyDown(input(), { key: 'Enter' });
  await seconds(0);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  localStorage.clear();
  history.replaceState(null, '', '/');
  saved = null;
  vi.useRealTimers();
});

describe('the empty chat', () => {
  it('has every label of the specification', async () => {
    await open();

    expect(screen.getByRole('heading', { level: 1, name: 'SAT Buddy' })).toBeTruthy();
    expect(
      screen.getByText(
        'Your AI study companion for SAT success - Ask questions, upload images, generate practice problems',
      ),
    ).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Hi Asha! What can I help with?' })).toBeTruthy();
    expect(screen.getByText('Ask me anything or try one of these:')).toBeTruthy();
    for (const name of [
      'What are the most important concepts to know on the SAT?',
      'Generate a Practice Question',
      'How should I prepare today?',
      'Attach images',
      'Generate question',
      'Send message',
    ]) {
      expect(screen.getByRole('button', { name })).toBeTruthy();
    }
    expect(screen.getByRole('heading', { name: 'Quick Actions' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Topics' })).toBeTruthy();
    for (const name of ['Algebra', 'Reading', 'Writing'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
    expect(input().getAttribute('placeholder')).toBe('Send a message...');
  });

  it('says in the header that answers come offline', async () => {
    await open({ 'GET /ai/chat/config/': { body: { ...config, ai_provider: 'offline' } } });

    expect(within(screen.getByRole('banner')).getByText(/without an AI model/)).toBeTruthy();
  });

  it('works with the limits of the specification when the server tells none', async () => {
    await open({ 'GET /ai/chat/config/': { status: 500 } });

    expect(screen.getByText('Hi Asha! What can I help with?')).toBeTruthy();
  });

  it('tells when the server cannot be reached, and tries again', async () => {
    await open({ 'GET /api/auth/me/': [{ status: 503 }, { status: 503 }, { body: asha }] });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await seconds(0);

    expect(screen.getByText('Hi Asha! What can I help with?')).toBeTruthy();
  });
});

describe('a message', () => {
  it('waits with dots and ignores further sends, then shows the answer', async () => {
    const calls = await open({
      'GET /ai/task/t1/': [
        { body: { status: 'processing', success: true, progress_message: 'Generating response…' } },
        { body: { status: 'completed', success: true, response: '**x = 4**', generated_by_ai: false } },
      ],
    });
    await say('What is 2x=8?');
    expect(indicator()).not.toBeNull();
    await say('again');
    expect(calls.filter((call) => call === 'POST /ai/chat/message/')).toHaveLength(1);
    await seconds(1);
    expect(screen.getByText('Generating response…')).toBeTruthy();
    await seconds(1);

    expect(indicator()).toBeNull();
    expect(within(screen.getByRole('log')).getByText('x = 4').tagName).toBe('STRONG');
    expect(screen.getByText('Answered offline, without an AI model')).toBeTruthy();
  });

  it('is not sent by Shift+Enter or while an input method is composing', async () => {
    const calls = await open();
    fireEvent.change(input(), { target: { value: 'line' } });
    fireEvent.keyDown(input(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(input(), { key: 'Enter', isComposing: true });
    await seconds(0);

    expect(calls.some((call) => call.startsWith('POST'))).toBe(false);
  });

  it('is announced once, when its answer is complete', async () => {
    await open({
      'GET /ai/task/t1/': { body: { status: 'completed', success: true, response: 'x is four' } },
    });
    await say('What is 2x=8?');
    await seconds(1);
    await act(async () => void (await vi.advanceTimersByTimeAsync(50)));
    const log = screen.getByRole('log');

    expect(screen.getByText('x')).toBeTruthy();
    expect(within(log).queryByText('x')).toBeNull();
    await seconds(1);
    expect(within(log).getByText('x is four')).toBeTruthy();
    expect(screen.getAllByText('x is four')).toHaveLength(1);
  });

  it.each<[string, Script, string]>([
    [
      'a failed task',
      { 'GET /ai/task/t1/': { body: { status: 'failed', success: false, error: 'No model.' } } },
      'Sorry, I encountered an error: No model.',
    ],
    [
      'an expired task',
      { 'GET /ai/task/t1/': { status: 404, body: { success: false, status: 'not_found', error: 'x' } } },
      'Task not found or expired. An answer is kept for an hour; please ask again.',
    ],
    [
      'a refusal',
      {
        'POST /ai/chat/message/': { status: 400, body: { success: false, error: 'Message cannot be empty' } },
      },
      'Sorry, I encountered an error: Message cannot be empty',
    ],
  ])('tells of %s', async (_, script, text) => {
    await open(script);
    await say('Hello');
    await seconds(1);

    expect(screen.getByText(text)).toBeTruthy();
    expect(indicator()).toBeNull();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('times out after 60 polls, and can be checked again', async () => {
    const calls = await open({
      'GET /ai/task/t1/': [
        ...Array.from({ length: 60 }, () => processing),
        { body: { status: 'completed', success: true, response: '**late**' } },
      ],
    });
    await say('Hello');
    await seconds(59);
    expect(indicator()).not.toBeNull();
    await seconds(1);
    expect(screen.getByText('Request timed out. Please try again.')).toBeTruthy();
    expect(indicator()).toBeNull();
    expect(calls.filter((call) => call === 'GET /ai/task/t1/')).toHaveLength(60);

    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(indicator()).not.toBeNull();
    await seconds(1);
    expect(screen.getByText('late')).toBeTruthy();
    expect(screen.queryByText('Request timed out. Please try again.')).toBeNull();
  });

  it('can be stopped', async () => {
    const calls = await open({ 'POST /api/v1/tasks/t1/cancel': {} });
    await say('Hello');
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await seconds(0);

    expect(calls).toContain('POST /api/v1/tasks/t1/cancel');
    expect(screen.getByText('You stopped this answer.')).toBeTruthy();
  });

  it('comes back with its pending task after a reload, and New chat clears it', async () => {
    await open();
    await say('Hello');
    cleanup();
    const calls = await open({
      'GET /ai/task/t1/': { body: { status: 'completed', success: true, response: '**back**' } },
    });
    expect(screen.getByText('Hello')).toBeTruthy();
    expect(indicator()).not.toBeNull();
    await seconds(1);
    expect(screen.getByText('back')).toBeTruthy();
    expect(calls.some((call) => call.startsWith('POST'))).toBe(false);

    fireEvent.click(screen.getAllByRole('button', { name: 'New chat' })[0]!);
    expect(screen.getByText('Hi Asha! What can I help with?')).toBeTruthy();
    expect(location.search).toBe('');
  });

  it('asks whether an answer that is being written stops for a new chat', async () => {
    const calls = await open({ 'POST /api/v1/tasks/t1/cancel': {} });
    await say('Hello');
    fireEvent.click(screen.getAllByRole('button', { name: 'New chat' })[0]!);
    fireEvent.click(screen.getByRole('button', { name: 'Keep it running' }));
    expect(screen.getByText('Hi Asha! What can I help with?')).toBeTruthy();
    expect(calls).not.toContain('POST /api/v1/tasks/t1/cancel');

    await say('Hello again');
    fireEvent.click(screen.getAllByRole('button', { name: 'New chat' })[0]!);
    fireEvent.click(screen.getByRole('button', { name: 'Stop the answer' }));
    await seconds(0);
    expect(calls).toContain('POST /api/v1/tasks/t1/cancel');
    expect(screen.getByText('Hi Asha! What can I help with?')).toBeTruthy();
  });

  it('can be changed and sent again, and answered again', async () => {
    const calls = await open({
      'GET /ai/task/t1/': { body: { status: 'completed', success: true, response: '**one**' } },
    });
    await say('Hello');
    await seconds(1);
    fireEvent.click(screen.getByRole('button', { name: 'Answer again' }));
    await seconds(1);
    expect(within(screen.getByRole('log')).getAllByText('one')).toHaveLength(1);

    fireEvent.click(screen.getByRole('button', { name: 'Edit and send again' }));
    expect((input() as HTMLTextAreaElement).value).toBe('Hello');
    expect(screen.queryByText('one')).toBeNull();
    await say('Hello there');
    expect(calls.filter((call) => call === 'POST /ai/chat/message/')).toHaveLength(3);
  });
});

describe('the list of chats', () => {
  it('names, deletes and brings back', async () => {
    const calls = await open({
      'DELETE /ai/chat/conversations/c1/': { body: { success: true } },
      'POST /ai/chat/conversations/c1/restore/': { body: { success: true } },
    });
    expect(screen.getByRole('button', { name: 'Slopes' })).toBeTruthy();

    fireEvent.keyDown(screen.getByRole('button', { name: 'More about Slopes' }), { key: 'Enter' });
    fireEvent.click(screen.getByRole('menuitem', { name: 'Delete' }));
    await seconds(0);
    expect(screen.getByText('“Slopes” was deleted.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await seconds(0);

    expect(calls).toContain('POST /ai/chat/conversations/c1/restore/');
    expect(screen.queryByText('“Slopes” was deleted.')).toBeNull();
  });
});

describe('the question mode', () => {
  async function openWithQuestion(): Promise<string[]> {
    const calls = await open({
      'GET /ai/task/t1/': { body: { status: 'completed', success: true, question: algebraOnTheWire } },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Generate a Practice Question' }));
    return calls;
  }
  const option = (name: RegExp): HTMLButtonElement =>
    within(screen.getByRole('list', { name: 'Options' })).getByRole('button', { name });

  it('says what to write, with examples', async () => {
    await openWithQuestion();

    expect(input().getAttribute('placeholder')).toBe(
      'Question Generation Mode: Describe the topic you want to practice...',
    );
    expect(screen.getByText(/Examples: “linear equations”/)).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'medium' }).getAttribute('aria-checked')).toBe('true');
    expect(screen.getByRole('button', { name: 'Generate question' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
  });

  it('shows a question that a click answers', async () => {
    const calls = await openWithQuestion();
    await say('linear equations');
    await seconds(1);
    expect(calls).toContain('POST /ai/generate-question/');
    expect(screen.getByText('SAT PRACTICE QUESTION')).toBeTruthy();
    expect(screen.getByText('Type your answer (A, B, C, or D) or click an option above.')).toBeTruthy();

    fireEvent.click(option(/^B/));
    expect(screen.getByText('Correct!')).toBeTruthy();
    expect(screen.getByText('Great job! You got it right.')).toBeTruthy();
    expect(screen.getByText('Explanation:')).toBeTruthy();
    expect(option(/^A/).disabled).toBe(true);
  });

  it('takes a typed letter and nothing else', async () => {
    await openWithQuestion();
    await say('linear equations');
    await seconds(1);
    await say('four');
    expect(within(screen.getByRole('form')).getByText('Please enter A, B, C, or D')).toBeTruthy();

    await say('a');
    expect(screen.getByText('Incorrect')).toBeTruthy();
    expect(screen.getByText('The correct answer is: B')).toBeTruthy();
    expect(screen.queryByText('Please enter A, B, C, or D')).toBeNull();
  });
});
