// @vitest-environment happy-dom
import { HandoffError } from '@handoff/client';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { algebra, answered, chatRoom, hello, memoryStorage, processing } from './chat.testing.ts';
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
    const room = chatRoom();
    type(room.session, ' Hello ');
    await now();
    room.say('ended', { state: 'completed', result: { response: '**Hi**' } });
    await now();

    type(room.session, 'And now?');

    expect(room.api.submit.mock.calls).toEqual([
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
    const room = chatRoom();
    room.api.poll.mockResolvedValue(answered('*yes*'));
    for (let turn = 1; turn <= 7; turn += 1) {
      type(room.session, `turn ${turn}`);
      await seconds(1);
    }

    const history = room.api.submit.mock.lastCall![1];
    expect(history).toHaveLength(10);
    expect(history[0]).toEqual({ role: 'user', content: 'turn 2' });
  });

  it('ignores blank and too long messages, and all while one is under way', async () => {
    const room = chatRoom({ config: { messageLimit: 5 } });
    type(room.session, '   ');
    type(room.session, 'too long');
    expect(room.api.submit).not.toHaveBeenCalled();

    type(room.session, 'one');
    type(room.session, 'two');
    await now();
    type(room.session, 'three');
    expect(room.api.submit).toHaveBeenCalledTimes(1);
    expect(room.state().draft).toBe('three');
  });

  it.each([
    [new TypeError('x'), 'Sorry, I encountered an error. Please try again.'],
    [new HandoffError('offline', {}), 'Sorry, I encountered an error. Please try again.'],
    [new HandoffError('No.', { status: 400 }), 'Sorry, I encountered an error: No.'],
  ])('says what is wrong when the start fails with %s', async (error, text) => {
    const room = chatRoom();
    room.api.submit.mockRejectedValueOnce(error);
    type(room.session, 'Hello');
    await now();
    expect(textsOf(room)).toEqual(['Hello', text]);

    room.session.askAgain(room.state().messages.at(-1)!.id);
    await now();
    expect(textsOf(room)).toEqual(['Hello']);
    expect(room.api.submit.mock.lastCall).toEqual([{ kind: 'chat', message: 'Hello', images: [] }, []]);
    expect(room.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
  });
});

describe('waiting', () => {
  it('times out after 60 polls and checks the same task again on demand', async () => {
    const room = chatRoom();
    room.session.ask(hello);
    await seconds(60);
    expect(room.api.poll).toHaveBeenCalledTimes(60);
    expect(textsOf(room).at(-1)).toBe('Request timed out. Please try again.');

    room.api.poll.mockResolvedValueOnce(processing).mockResolvedValueOnce(answered('**x = 4**'));
    room.session.dispatch({ type: 'checkedAgain' });
    await seconds(2);

    expect(room.api.poll.mock.calls.every(([taskId]) => taskId === 't1')).toBe(true);
    expect(room.api.submit).toHaveBeenCalledTimes(1);
    expect(textsOf(room)).toEqual(['What is 2x = 8?', '**x = 4**']);
  });

  it('shows chunks as they come, but not those of a question', async () => {
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    room.say('live', { text: 'x = ' });
    expect(room.state().phase).toMatchObject({ text: 'x = ' });

    const practising = chatRoom();
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
    const room = chatRoom();
    room.api.poll.mockResolvedValue({ kind: 'processing', note: busy });
    room.session.ask(hello);
    await now();
    room.say('live', { text: 'x =' });
    await seconds(2);
    expect(room.api.poll).not.toHaveBeenCalled();
    room.say('interrupted', { text: 'x =' });
    await seconds(2);
    expect(room.api.poll).toHaveBeenCalledTimes(2);
    expect(room.state().phase).toMatchObject({ text: 'x =', note: busy });

    room.say('live', { text: 'x = 4' });
    await seconds(2);
    expect(room.api.poll).toHaveBeenCalledTimes(2);
  });

  it('polls when the stream is refused', async () => {
    const room = chatRoom();
    room.api.poll.mockResolvedValue(answered('**x = 4**'));
    room.session.ask(hello);
    await now();
    room.say('ended', { state: 'queued' });
    await seconds(1);

    expect(textsOf(room).at(-1)).toBe('**x = 4**');
  });

  it('shows why a live task waits', async () => {
    const message = 'The AI is busy, trying again shortly';
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    room.say('live', { state: 'queued', waiting: { reason: 'retry', message, until: '' } });

    expect(room.state().phase).toMatchObject({ text: '', note: message });
  });

  it('stops the task and stops waiting', async () => {
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    let tell = (): void => {};
    room.cancel.mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
    void room.session.stop();
    void room.session.stop();
    await now();
    expect(room.tasks.open).toBe(0);
    expect(room.state().phase).toMatchObject({ name: 'waiting', stopping: true });
    tell();
    await now();

    expect(room.cancel.mock.calls).toEqual([['t1']]);
    expect(textsOf(room).at(-1)).toBe('You stopped this answer.');
    expect(room.state().phase.name).toBe('idle');
  });

  it('says so when the server could not be told to stop', async () => {
    const room = chatRoom();
    room.cancel.mockRejectedValueOnce(new TypeError('offline'));
    room.session.ask(hello);
    await now();
    await room.session.stop();

    expect(textsOf(room).at(-1)).toContain('could not be told to stop');
  });

  it('lets go when closed and picks the task up when opened again', async () => {
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    room.close();
    await seconds(5);
    expect(room.tasks.open).toBe(0);
    expect(room.api.poll).not.toHaveBeenCalled();

    room.open();
    room.open();
    expect(room.tasks.open).toBe(1);
    await seconds(1);
    expect(room.api.poll).toHaveBeenCalledTimes(1);
  });
});

describe('showing an answer', () => {
  async function phasesOf(text: string, options: Parameters<typeof chatRoom>[0] = {}): Promise<string> {
    const room = chatRoom(options);
    room.api.poll.mockResolvedValue(answered(text));
    room.session.ask(hello);
    await seconds(1);
    return room.state().phase.name;
  }

  it('takes 50 ms a word for a plain answer', async () => {
    const room = chatRoom();
    room.api.poll.mockResolvedValue(answered('x is four now'));
    room.session.ask(hello);
    await seconds(1);

    expect(room.state().phase).toMatchObject({ name: 'revealing', words: 0 });
    await vi.advanceTimersByTimeAsync(149);
    expect(room.state().phase).toMatchObject({ words: 2 });
    await vi.advanceTimersByTimeAsync(1);
    expect(room.state().phase).toMatchObject({ words: 3 });
    await vi.advanceTimersByTimeAsync(50);
    expect(room.state().phase.name).toBe('idle');
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
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    room.say('live', { text: 'x is' });
    room.say('ended', { state: 'completed', text: 'x is four', result: { response: 'x is four' } });
    await now();

    expect(room.state().phase.name).toBe('idle');
    expect(textsOf(room).at(-1)).toBe('x is four');
  });
});

describe('practice questions', () => {
  async function roomWithQuestion(): Promise<ReturnType<typeof chatRoom>> {
    const room = chatRoom();
    room.api.poll.mockResolvedValueOnce({
      kind: 'ended',
      outcome: { kind: 'question', question: algebra, byAi: false },
    });
    room.session.dispatch({ type: 'modeChosen', mode: 'question' });
    room.session.dispatch({ type: 'difficultyChosen', difficulty: 'hard' });
    type(room.session, 'linear equations');
    await seconds(1);
    return room;
  }

  it('are asked for by topic and difficulty', async () => {
    const room = await roomWithQuestion();

    expect(room.api.submit.mock.calls[0]![0]).toEqual({
      kind: 'question',
      topic: 'linear equations',
      difficulty: 'hard',
    });
    expect(room.state().messages.at(-1)).toMatchObject({ kind: 'question', byAi: false });
  });

  it('are answered by letter, and want nothing else', async () => {
    const room = await roomWithQuestion();
    type(room.session, 'four');
    expect(room.state()).toMatchObject({ complaint: 'Please enter A, B, C, or D', draft: 'four' });
    expect(room.api.submit).toHaveBeenCalledTimes(1);

    type(room.session, 'b');
    expect(room.state().messages.at(-1)).toMatchObject({ kind: 'verdict', chosen: 'B' });
    expect(room.state()).toMatchObject({ complaint: null, draft: '' });
    type(room.session, 'Why?');
    expect(room.api.submit.mock.lastCall![1].at(-1)).toEqual({
      role: 'assistant',
      content: 'Correct! The correct answer is: B. Explanation: Divide both sides by 2.',
    });
  });

  it('give way to another question', async () => {
    const room = await roomWithQuestion();
    room.session.dispatch({ type: 'modeChosen', mode: 'question' });
    type(room.session, 'commas');

    expect(room.api.submit.mock.lastCall![0]).toMatchObject({ kind: 'question', topic: 'commas' });
  });
});

describe('a reload', () => {
  it('finds the conversation and the task that is under way', async () => {
    const storage = memoryStorage();
    const before = chatRoom({ storage });
    before.session.ask(hello);
    await now();
    before.close();

    const after = chatRoom({ storage });
    expect(textsOf(after)).toEqual(['What is 2x = 8?']);
    after.api.poll.mockResolvedValue(answered('**x = 4**'));
    await seconds(1);

    expect(after.api.submit).not.toHaveBeenCalled();
    expect(after.api.poll.mock.lastCall![0]).toBe('t1');
    expect(textsOf(after)).toEqual(['What is 2x = 8?', '**x = 4**']);
    expect(new Set(after.state().messages.map((message) => message.id)).size).toBe(2);
  });

  it('goes on with a task whose waiting timed out, without the notice', async () => {
    const storage = memoryStorage();
    const before = chatRoom({ storage });
    before.session.ask(hello);
    await seconds(60);
    before.close();

    const after = chatRoom({ storage });
    expect(textsOf(after)).toEqual(['What is 2x = 8?']);
    expect(after.state().phase).toMatchObject({ name: 'waiting', taskId: 't1' });
  });

  it('says that the task is gone when it is', async () => {
    const storage = memoryStorage();
    chatRoom({ storage }).session.ask(hello);
    await now();

    const after = chatRoom({ storage });
    after.api.poll.mockResolvedValue({ kind: 'ended', outcome: { kind: 'expired' } });
    await seconds(1);

    expect(textsOf(after).at(-1)).toContain('Task not found or expired');
  });

  it('keeps the last ten messages, and nothing of a new chat or of another person', async () => {
    const storage = memoryStorage();
    const before = chatRoom({ storage });
    before.api.poll.mockResolvedValue(answered('*yes*'));
    for (let turn = 1; turn <= 7; turn += 1) {
      before.session.ask({ ...hello, message: `turn ${turn}` } as typeof hello);
      await seconds(1);
    }
    expect(before.state().messages).toHaveLength(14);
    expect(textsOf(chatRoom({ storage }))).toHaveLength(10);
    expect([...Array(storage.length).keys()].map((index) => storage.key(index))).toEqual(['handoff:chat:u1']);

    before.session.dispatch({ type: 'cleared' });
    expect(textsOf(chatRoom({ storage }))).toEqual([]);
  });

  it('starts empty with a storage that is broken or full', async () => {
    const storage = memoryStorage();
    storage.setItem('handoff:chat:u1', '{"version":1');
    expect(textsOf(chatRoom({ storage }))).toEqual([]);

    const full = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const room = chatRoom({ storage: full });
    room.session.ask(hello);
    await now();
    expect(room.state().phase.name).toBe('waiting');
  });

  it('keeps nothing once the session is forgotten', async () => {
    const room = chatRoom();
    room.session.ask(hello);
    await now();
    room.session.forget();
    room.storage.clear();
    room.session.dispatch({ type: 'draftChanged', text: 'late' });
    room.session.dispatch({ type: 'modeChosen', mode: 'question' });
    await now();

    expect(room.storage.length).toBe(0);
    expect(room.tasks.open).toBe(0);
  });
});

describe('images', () => {
  function uploading(room: ReturnType<typeof chatRoom>): (files: readonly File[]) => void {
    return imageUploads(room.session, {
      config: defaultConfig,
      upload: room.api.upload,
      previewOf: (file) => `blob:${file.name}`,
    });
  }
  const png = (name: string): File => new File(['x'], name, { type: 'image/png' });

  it('are uploaded one after another and sent by their ids', async () => {
    const room = chatRoom();
    const answers: (() => void)[] = [];
    room.api.upload.mockImplementation(
      ({ name }) =>
        new Promise((resolve) => answers.push(() => resolve({ id: `id-${name}`, name, url: '' }))),
    );
    uploading(room)([png('a.png'), png('b.png')]);
    await now();
    expect(room.api.upload).toHaveBeenCalledTimes(1);

    type(room.session, 'Look');
    expect(room.api.submit).not.toHaveBeenCalled();
    answers[0]!();
    await now();
    answers[1]!();
    await now();
    room.session.send();

    expect(room.api.submit.mock.lastCall![0]).toMatchObject({
      images: [{ id: 'id-a.png' }, { id: 'id-b.png' }],
    });
    expect(room.state().attachments).toEqual([]);
  });

  it('are refused with the reason, and the good ones stay', async () => {
    const room = chatRoom();
    const attach = uploading(room);
    attach([new File(['x'], 'b.txt', { type: 'text/plain' }), png('a.png')]);
    await now();
    expect(room.state().complaint).toBe('Invalid file type. Only JPG, PNG, and GIF are allowed.');
    expect(room.state().attachments).toMatchObject([{ name: 'a.png', uploaded: { id: 'id-a.png' } }]);

    const large = png('large.png');
    Object.defineProperty(large, 'size', { value: 5 * 1024 * 1024 + 1 });
    attach([large]);
    expect(room.state().complaint).toBe('File size too large. Maximum 5MB allowed.');
  });

  it('are five at the most', () => {
    const room = chatRoom();
    uploading(room)(['1', '2', '3', '4', '5', '6'].map(png));

    expect(room.state().attachments).toHaveLength(5);
    expect(room.state().complaint).toBe('You can attach up to 5 images to a message.');
  });

  it('are taken away again when the upload fails', async () => {
    const room = chatRoom();
    room.api.upload.mockRejectedValueOnce(
      new HandoffError('File size too large. Maximum 5MB allowed.', { status: 400 }),
    );
    uploading(room)([png('a.png'), png('b.png')]);
    await now();

    expect(room.state().attachments.map((attachment) => attachment.name)).toEqual(['b.png']);
    expect(room.state().complaint).toBe('File size too large. Maximum 5MB allowed.');
  });

  it('are not uploaded once they were removed', async () => {
    const room = chatRoom();
    uploading(room)([png('a.png'), png('b.png')]);
    room.session.dispatch({ type: 'imageRemoved', key: 'new2' });
    await now();

    expect(room.api.upload.mock.calls.map(([file]) => file.name)).toEqual(['a.png']);
  });

  it('survive a reload by their address on the server', async () => {
    const room = chatRoom();
    uploading(room)([png('a.png')]);
    await now();

    const [kept] = chatRoom({ storage: room.storage }).state().attachments;
    expect(kept).toMatchObject({ preview: null, uploaded: { id: 'id-a.png', url: '/media/a.png' } });
    expect(kept!.uploaded).not.toHaveProperty('preview');
  });
});
