// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { algebra, answered, openChat, hello, processing } from './chat.testing.ts';
import { seconds } from '../../tasks.testing.tsx';
import type { ChatSession } from './chatSession.ts';
import { defaultConfig } from './chatConfig.ts';
import { imageUploads } from './imageUploads.ts';

const now = (): Promise<void> => seconds(0);

function type(session: ChatSession, text: string): void {
  session.dispatch({ type: 'draftChanged', text });
  session.send();
}

const textsOf = ({ session }: { readonly session: ChatSession }): unknown[] =>
  session.snapshot().messages.map((message) => ('text' in message ? message.text : message.kind));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('sending', () => {
  it('submits the message with what was said before', async () => {
    const chat = openChat();
    type(chat.session, ' Hello ');
    await now();
    chat.say('ended', { state: 'completed', result: { response: '**Hi**' } });
    await now();

    type(chat.session, 'And now?');

    expect(chat.api.submit.mock.calls).toEqual([
      [{ kind: 'chat', message: 'Hello', images: [] }, []],
      [
        { kind: 'chat', message: 'And now?', images: [] },
        [
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content: '**Hi**' },
        ],
      ],
    ]);
  });

  it('sends the last ten turns only', async () => {
    const chat = openChat();
    chat.api.poll.mockResolvedValue(answered('*yes*'));
    for (let turn = 1; turn <= 7; turn += 1) {
      type(chat.session, `turn ${turn}`);
      await seconds(1);
    }

    const history = chat.api.submit.mock.lastCall![1];
    expect(history).toHaveLength(10);
    expect(history[0]).toEqual({ role: 'user', content: 'turn 2' });
  });

  it('ignores blank and too long messages, and all while one is under way', async () => {
    const chat = openChat({ config: { messageLimit: 5 } });
    type(chat.session, '   ');
    type(chat.session, 'too long');
    expect(chat.api.submit).not.toHaveBeenCalled();

    type(chat.session, 'one');
    type(chat.session, 'two');
    await now();
    type(chat.session, 'three');
    expect(chat.api.submit).toHaveBeenCalledTimes(1);
    expect(chat.state().draft).toBe('three');
  });

  it.each([
    [new TypeError('x'), 'Sorry, I encountered an error. Please try again.'],
    [new HandoffError('offline', {}), 'Sorry, I encountered an error. Please try again.'],
    [new HandoffError('No.', { status: 400 }), 'Sorry, I encountered an error: No.'],
  ])('says what is wrong when the start fails with %s', async (error, text) => {
    const chat = openChat();
    chat.api.submit.mockRejectedValueOnce(error);
    type(chat.session, 'Hello');
    await now();
    expect(textsOf(chat)).toEqual(['Hello', text]);

    chat.session.askAgain(chat.state().messages.at(-1)!.id);
    await now();
    expect(textsOf(chat)).toEqual(['Hello']);
    expect(chat.api.submit.mock.lastCall).toEqual([{ kind: 'chat', message: 'Hello', images: [] }, []]);
    expect(chat.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
  });
});

describe('waiting', () => {
  it('times out after 60 polls and checks the same task again on demand', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await seconds(60);
    expect(chat.api.poll).toHaveBeenCalledTimes(60);
    expect(textsOf(chat).at(-1)).toBe('Request timed out. Please try again.');

    chat.api.poll.mockResolvedValueOnce(processing).mockResolvedValueOnce(answered('**x = 4**'));
    chat.session.dispatch({ type: 'checkedAgain' });
    await seconds(2);

    expect(chat.api.poll.mock.calls.every(([taskId]) => taskId === 't1')).toBe(true);
    expect(chat.api.submit).toHaveBeenCalledTimes(1);
    expect(textsOf(chat)).toEqual(['What is 2x = 8?', '**x = 4**']);
  });

  it('shows chunks as they come, but not those of a question', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.say('live', { text: 'x = ' });
    expect(chat.state().phase).toMatchObject({ text: 'x = ' });

    const practising = openChat();
    practising.session.practise('algebra');
    await now();
    practising.say('live', {
      text: '{"question":',
      progress: { percent: 1, message: 'Thinking', step: null },
    });
    expect(practising.state().phase).toMatchObject({ text: '', note: 'Thinking' });
  });

  it('polls while the stream is interrupted, and keeps what was shown', async () => {
    const busy = 'The AI is busy, trying again shortly';
    const chat = openChat();
    chat.api.poll.mockResolvedValue({ kind: 'processing', note: busy });
    chat.session.ask(hello);
    await now();
    chat.say('live', { text: 'x =' });
    await seconds(2);
    expect(chat.api.poll).not.toHaveBeenCalled();
    chat.say('interrupted', { text: 'x =' });
    await seconds(2);
    expect(chat.api.poll).toHaveBeenCalledTimes(2);
    expect(chat.state().phase).toMatchObject({ text: 'x =', note: busy });

    chat.say('live', { text: 'x = 4' });
    await seconds(2);
    expect(chat.api.poll).toHaveBeenCalledTimes(2);
  });

  it('polls when the stream is refused', async () => {
    const chat = openChat();
    chat.api.poll.mockResolvedValue(answered('**x = 4**'));
    chat.session.ask(hello);
    await now();
    chat.say('ended', { state: 'queued' });
    await seconds(1);

    expect(textsOf(chat).at(-1)).toBe('**x = 4**');
  });

  it('shows why a live task waits', async () => {
    const message = 'The AI is busy, trying again shortly';
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.say('live', { state: 'queued', waiting: { reason: 'retry', message, until: '', gate: null } });

    expect(chat.state().phase).toMatchObject({ text: '', note: message });
  });

  it('stops the task and stops waiting', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    let tell = (): void => {};
    chat.cancel.mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
    void chat.session.stop();
    void chat.session.stop();
    await now();
    expect(chat.tasks.open).toBe(0);
    expect(chat.state().phase).toMatchObject({ name: 'waiting', stopping: true });
    tell();
    await now();

    expect(chat.cancel.mock.calls).toEqual([['t1']]);
    expect(textsOf(chat).at(-1)).toBe('You stopped this answer.');
    expect(chat.state().phase.name).toBe('idle');
  });

  it('says so when the server could not be told to stop', async () => {
    const chat = openChat();
    chat.cancel.mockRejectedValueOnce(new TypeError('offline'));
    chat.session.ask(hello);
    await now();
    await chat.session.stop();

    expect(textsOf(chat).at(-1)).toContain('could not be told to stop');
  });

  it('lets go when closed and picks the task up when opened again', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.close();
    await seconds(5);
    expect(chat.tasks.open).toBe(0);
    expect(chat.api.poll).not.toHaveBeenCalled();

    chat.open();
    chat.open();
    expect(chat.tasks.open).toBe(1);
    await seconds(1);
    expect(chat.api.poll).toHaveBeenCalledTimes(1);
  });
});

describe('showing an answer', () => {
  async function phasesOf(text: string, options: Parameters<typeof openChat>[0] = {}): Promise<string> {
    const chat = openChat(options);
    chat.api.poll.mockResolvedValue(answered(text));
    chat.session.ask(hello);
    await seconds(1);
    return chat.state().phase.name;
  }

  it('takes 50 ms a word for a plain answer', async () => {
    const chat = openChat();
    chat.api.poll.mockResolvedValue(answered('x is four now'));
    chat.session.ask(hello);
    await seconds(1);

    expect(chat.state().phase).toMatchObject({ name: 'revealing', words: 0 });
    await vi.advanceTimersByTimeAsync(149);
    expect(chat.state().phase).toMatchObject({ words: 2 });
    await vi.advanceTimersByTimeAsync(1);
    expect(chat.state().phase).toMatchObject({ words: 3 });
    await vi.advanceTimersByTimeAsync(50);
    expect(chat.state().phase.name).toBe('idle');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is at once for Markdown, for 2,000 characters and for those who want no motion', async () => {
    expect(await phasesOf('x is four')).toBe('revealing');
    expect(await phasesOf('x is **four**')).toBe('idle');
    expect(await phasesOf('word '.repeat(399))).toBe('revealing');
    expect(await phasesOf('word '.repeat(400))).toBe('idle');
    expect(await phasesOf('x is four', { reducedMotion: true })).toBe('idle');
  });

  it('is at once for an answer that was streamed', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.say('live', { text: 'x is' });
    chat.say('ended', { state: 'completed', text: 'x is four', result: { response: 'x is four' } });
    await now();

    expect(chat.state().phase.name).toBe('idle');
    expect(textsOf(chat).at(-1)).toBe('x is four');
  });
});

describe('practice questions', () => {
  async function chatWithQuestion(): Promise<ReturnType<typeof openChat>> {
    const chat = openChat();
    chat.api.poll.mockResolvedValueOnce({
      kind: 'ended',
      outcome: { kind: 'question', question: algebra, byAi: false },
    });
    chat.session.dispatch({ type: 'modeChosen', mode: 'question' });
    chat.session.dispatch({ type: 'difficultyChosen', difficulty: 'hard' });
    type(chat.session, 'linear equations');
    await seconds(1);
    return chat;
  }

  it('are asked for by topic and difficulty', async () => {
    const chat = await chatWithQuestion();

    expect(chat.api.submit.mock.calls[0]![0]).toEqual({
      kind: 'question',
      topic: 'linear equations',
      difficulty: 'hard',
    });
    expect(chat.state().messages.at(-1)).toMatchObject({ kind: 'question', byAi: false });
  });

  it('are answered by letter, and want nothing else', async () => {
    const chat = await chatWithQuestion();
    type(chat.session, 'four');
    expect(chat.state()).toMatchObject({ complaint: 'Please enter A, B, C, or D', draft: 'four' });
    expect(chat.api.submit).toHaveBeenCalledTimes(1);

    type(chat.session, 'b');
    expect(chat.state().messages.at(-1)).toMatchObject({ kind: 'verdict', chosen: 'B' });
    expect(chat.state()).toMatchObject({ complaint: null, draft: '' });
    type(chat.session, 'Why?');
    expect(chat.api.submit.mock.lastCall![1].at(-1)).toEqual({
      role: 'assistant',
      content: 'Correct! The correct answer is: B. Explanation: Divide both sides by 2.',
    });
  });

  it('give way to another question', async () => {
    const chat = await chatWithQuestion();
    chat.session.dispatch({ type: 'modeChosen', mode: 'question' });
    type(chat.session, 'commas');

    expect(chat.api.submit.mock.lastCall![0]).toMatchObject({ kind: 'question', topic: 'commas' });
  });
});

describe('logging out', () => {
  it('keeps nothing once the session is forgotten', async () => {
    const chat = openChat();
    chat.session.ask(hello);
    await now();
    chat.session.forget();
    chat.storage.clear();
    chat.session.dispatch({ type: 'draftChanged', text: 'late' });
    chat.session.dispatch({ type: 'modeChosen', mode: 'question' });
    await now();

    expect(chat.storage.length).toBe(0);
    expect(chat.tasks.open).toBe(0);
  });
});

describe('images', () => {
  function uploading(chat: ReturnType<typeof openChat>): (files: readonly File[]) => void {
    return imageUploads(chat.session, {
      config: defaultConfig,
      upload: chat.api.upload,
      previewOf: (file) => `blob:${file.name}`,
    });
  }
  const png = (name: string): File => new File(['x'], name, { type: 'image/png' });

  it('are uploaded one after another and sent by their ids', async () => {
    const chat = openChat();
    const answers: (() => void)[] = [];
    chat.api.upload.mockImplementation(
      ({ name }) =>
        new Promise((resolve) => answers.push(() => resolve({ id: `id-${name}`, name, url: '' }))),
    );
    uploading(chat)([png('a.png'), png('b.png')]);
    await now();
    expect(chat.api.upload).toHaveBeenCalledTimes(1);

    type(chat.session, 'Look');
    expect(chat.api.submit).not.toHaveBeenCalled();
    answers[0]!();
    await now();
    answers[1]!();
    await now();
    chat.session.send();

    expect(chat.api.submit.mock.lastCall![0]).toMatchObject({
      images: [{ id: 'id-a.png' }, { id: 'id-b.png' }],
    });
    expect(chat.state().attachments).toEqual([]);
  });

  it('are refused with the reason, and the good ones stay', async () => {
    const chat = openChat();
    const attach = uploading(chat);
    attach([new File(['x'], 'b.txt', { type: 'text/plain' }), png('a.png')]);
    await now();
    expect(chat.state().complaint).toBe('Invalid file type. Only JPG, PNG, and GIF are allowed.');
    expect(chat.state().attachments).toMatchObject([{ name: 'a.png', uploaded: { id: 'id-a.png' } }]);

    const large = png('large.png');
    Object.defineProperty(large, 'size', { value: 5 * 1024 * 1024 + 1 });
    attach([large]);
    expect(chat.state().complaint).toBe('File size too large. Maximum 5MB allowed.');
  });

  it('are five at the most', () => {
    const chat = openChat();
    uploading(chat)(['1', '2', '3', '4', '5', '6'].map(png));

    expect(chat.state().attachments).toHaveLength(5);
    expect(chat.state().complaint).toBe('You can attach up to 5 images to a message.');
  });

  it('are taken away again when the upload fails', async () => {
    const chat = openChat();
    chat.api.upload.mockRejectedValueOnce(
      new HandoffError('File size too large. Maximum 5MB allowed.', { status: 400 }),
    );
    uploading(chat)([png('a.png'), png('b.png')]);
    await now();

    expect(chat.state().attachments.map((attachment) => attachment.name)).toEqual(['b.png']);
    expect(chat.state().complaint).toBe('File size too large. Maximum 5MB allowed.');
  });

  it('are not uploaded once they were removed', async () => {
    const chat = openChat();
    uploading(chat)([png('a.png'), png('b.png')]);
    chat.session.dispatch({ type: 'imageRemoved', key: 'new2' });
    await now();

    expect(chat.api.upload.mock.calls.map(([file]) => file.name)).toEqual(['a.png']);
  });

  it('survive a reload by their address on the server', async () => {
    const chat = openChat();
    uploading(chat)([png('a.png')]);
    await now();

    const [kept] = openChat({ storage: chat.storage }).state().attachments;
    expect(kept).toMatchObject({ preview: null, uploaded: { id: 'id-a.png', url: '/media/a.png' } });
    expect(kept!.uploaded).not.toHaveProperty('preview');
  });
});
