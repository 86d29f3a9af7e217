import type { Fetch } from '@handoff/client';
import { describe, expect, it } from 'vitest';
import { algebra, algebraOnTheWire, hello } from './chat.testing.ts';
import { configIn, defaultConfig } from './chatConfig.ts';
import { satBuddyApi } from './satBuddyApi.ts';
import { outcomeOfResult } from './taskOutcome.ts';

type Sent = { readonly url: string; readonly init: RequestInit };

function answering(body: unknown, status = 200): { api: ReturnType<typeof satBuddyApi>; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init = {}) => {
    sent.push({ url, init });
    return Response.json(body, { status });
  };
  return { api: satBuddyApi(fetch), sent };
}

const bodyOf = ({ init }: Sent): unknown => JSON.parse(String(init.body));

describe('submit', () => {
  it('posts a message as the server reads it', async () => {
    const { api, sent } = answering({ success: true, task_id: 't1', status: 'processing' });
    const images = [{ id: 'i1', name: 'a.png', url: '/a', preview: 'blob:a' }];

    expect(await api.submit({ kind: 'chat', message: 'Hi', images }, [{ role: 'user', content: 'x' }])).toBe(
      't1',
    );
    expect(sent[0]!.url).toBe('/ai/chat/message/');
    expect(bodyOf(sent[0]!)).toEqual({
      message: 'Hi',
      context: '',
      images: ['i1'],
      history: [{ role: 'user', content: 'x' }],
    });
  });

  it('posts a topic and its difficulty', async () => {
    const { api, sent } = answering({ success: true, task_id: 't1' });
    await api.submit({ kind: 'question', topic: 'commas', difficulty: 'easy' }, []);

    expect(sent[0]!.url).toBe('/ai/generate-question/');
    expect(bodyOf(sent[0]!)).toEqual({ topic: 'commas', difficulty: 'easy' });
  });

  it('fails with the reason of the server', async () => {
    const { api } = answering({ success: false, error: 'Message cannot be empty' }, 400);

    await expect(api.submit(hello, [])).rejects.toMatchObject({
      status: 400,
      message: 'Message cannot be empty',
    });
  });
});

describe('poll', () => {
  const poll = (body: unknown, status = 200): Promise<unknown> =>
    answering(body, status).api.poll('t1', new AbortController().signal);

  it('tells what is being done', async () => {
    const busy = 'The AI is busy, trying again shortly';

    expect(await poll({ status: 'processing', success: true })).toEqual({ kind: 'processing', note: null });
    expect(await poll({ status: 'processing', progress_message: 'Generating response…' })).toEqual({
      kind: 'processing',
      note: 'Generating response…',
    });
    expect(await poll({ status: 'processing', message: busy, retry_at: '', progress_message: 'x' })).toEqual({
      kind: 'processing',
      note: busy,
    });
  });

  it('tells how the task ended', async () => {
    expect(await poll({ status: 'completed', success: true, response: 'x = 4' })).toEqual({
      kind: 'ended',
      outcome: { kind: 'answer', text: 'x = 4', byAi: null, streamed: false },
    });
    expect(await poll({ status: 'completed', question: algebraOnTheWire, generated_by_ai: false })).toEqual({
      kind: 'ended',
      outcome: { kind: 'question', question: algebra, byAi: false },
    });
    expect(await poll({ status: 'failed', success: false, error: 'no' })).toEqual({
      kind: 'ended',
      outcome: { kind: 'failed', error: 'no' },
    });
    expect(await poll({ success: false, status: 'not_found', error: 'x' }, 404)).toEqual({
      kind: 'ended',
      outcome: { kind: 'expired' },
    });
  });

  it('fails for an answer that says nothing about the task', async () => {
    await expect(poll({}, 502)).rejects.toThrow('502');
    await expect(poll({ title: 'Not found' }, 404)).rejects.toThrow('404');
    await expect(poll({ status: 'completed', success: true })).rejects.toThrow('200');
  });
});

describe('upload', () => {
  it('posts the image as a form', async () => {
    const { api, sent } = answering({ success: true, id: 5, file_url: '/media/a.png' });
    const image = new File(['x'], 'a.png', { type: 'image/png' });

    expect(await api.upload(image)).toEqual({ id: '5', name: 'a.png', url: '/media/a.png' });
    expect((sent[0]!.init.body as FormData).get('image')).toBeInstanceOf(File);
    expect(new Headers(sent[0]!.init.headers).has('content-type')).toBe(false);
  });
});

describe('a question of other option names', () => {
  it('gets the letters in its own order', () => {
    const options = { one: '2', two: '4', three: '6', four: '8' };
    const outcome = outcomeOfResult({ question: { ...algebraOnTheWire, options, correct_answer: 'two' } });

    expect(outcome).toMatchObject({ question: { options: algebra.options, correctAnswer: 'B' } });
  });

  it('is unreadable when it is no question', () => {
    expect(outcomeOfResult({ question: { ...algebraOnTheWire, correct_answer: 'E' } })).toBeNull();
    expect(outcomeOfResult({ question: { ...algebraOnTheWire, options: { A: '1' } } })).toBeNull();
    expect(outcomeOfResult(null)).toBeNull();
  });
});

describe('configIn', () => {
  it('reads the limits of the server, and keeps those of the specification for what is missing', () => {
    const body = {
      poll_every_ms: 500,
      poll_at_most: 3,
      ai_provider: 'offline',
      topics: ['Geometry'],
      image_limit: -1,
    };

    expect(configIn(body)).toEqual({
      ...defaultConfig,
      pollEvery: 500,
      pollAtMost: 3,
      offline: true,
      topics: ['Geometry'],
    });
    expect(configIn(null)).toEqual(defaultConfig);
  });
});
