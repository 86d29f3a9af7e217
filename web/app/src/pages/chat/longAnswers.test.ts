// @vitest-environment happy-dom
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seconds } from '../../tasks.testing.tsx';
import { hello, openChat } from './chat.testing.ts';
import type { ChatSession } from './chatSession.ts';
import { continuation } from './conversation.ts';

const now = (): Promise<void> => seconds(0);

const textsOf = ({ session }: { readonly session: ChatSession }): unknown[] =>
  session.snapshot().messages.map((message) => ('text' in message ? message.text : message.kind));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a long answer', () => {
  it('waits as long as pieces come, and a minute after the last one', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    for (let piece = 1; piece <= 4; piece += 1) {
      chat.say('live', { text: 'word '.repeat(piece) });
      await seconds(45);
    }
    expect(chat.state().phase).toMatchObject({ name: 'waiting', text: 'word word word word ' });

    await seconds(15);
    expect(textsOf(chat)).toEqual([
      'What is 2x = 8?',
      'word word word word ',
      'Request timed out. Please try again.',
    ]);

    window.dispatchEvent(new Event('online'));
    await now();
    expect(chat.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
    expect(textsOf(chat)).toEqual(['What is 2x = 8?']);
  });

  it('keeps what was shown of an answer that fails, and asks for the rest', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.say('live', { text: 'x is' });
    chat.say('ended', { state: 'failed', text: 'x is', error: { code: 'timeout', message: 'Too slow.' } });
    await now();
    expect(textsOf(chat)).toEqual(['What is 2x = 8?', 'x is', 'Sorry, I encountered an error: Too slow.']);
    expect(chat.state().messages.at(-1)).toMatchObject({ kind: 'notice', continues: true });

    chat.session.ask(continuation);
    expect(chat.api.submit.mock.lastCall).toEqual([
      continuation,
      [
        { role: 'user', content: 'What is 2x = 8?' },
        { role: 'assistant', content: 'x is' },
      ],
    ]);
  });
});
