import { describe, expect, it } from 'vitest';
import { type SseEvent, sseParser } from './sse.ts';

function parsed(...texts: string[]): SseEvent[] {
  const events: SseEvent[] = [];
  const feed = sseParser({ onEvent: (event) => events.push(event) });
  texts.forEach(feed);
  return events;
}

describe('sseParser', () => {
  it('dispatches id, type and data at a blank line', () => {
    expect(parsed('id: 7\nevent: chunkEmitted\ndata: {"a":1}\n\n')).toEqual([
      { id: '7', type: 'chunkEmitted', data: '{"a":1}' },
    ]);
  });

  it('reads an event that arrives one character at a time', () => {
    const text = 'id: 1\r\nevent: x\r\ndata: a: b\r\n\r\n';

    expect(parsed(...text)).toEqual([{ id: '1', type: 'x', data: 'a: b' }]);
  });

  it.each(['\n', '\r\n'])('joins several data lines with %j line ends', (end) => {
    expect(parsed(['data: one', 'data: two', '', ''].join(end))).toEqual([
      { id: '', type: 'message', data: 'one\ntwo' },
    ]);
  });

  it('takes lone carriage returns as line ends', () => {
    expect(parsed('data: one\rdata: two\r\rdata: three')).toEqual([
      { id: '', type: 'message', data: 'one\ntwo' },
    ]);
  });

  it('ignores comments, unknown fields and events without data', () => {
    expect(parsed(': ping\n\n', 'event: empty\n\n', 'colour: red\ndata: x\n\n')).toEqual([
      { id: '', type: 'message', data: 'x' },
    ]);
  });

  it('removes one leading space only, and a byte order mark', () => {
    expect(parsed('\uFEFFdata:  two spaces\n\n')).toEqual([{ id: '', type: 'message', data: ' two spaces' }]);
  });

  it('keeps the last id for events that bring none, and ignores an id with a NUL', () => {
    const ids = parsed('id: 4\ndata: a\n\n', 'data: b\n\n', 'id: 5\0\ndata: c\n\n').map((event) => event.id);

    expect(ids).toEqual(['4', '4', '4']);
  });

  it('drops an event that was not finished', () => {
    expect(parsed('data: half')).toEqual([]);
  });

  it('reports the wait the server asks for and ignores a malformed one', () => {
    const waits: number[] = [];
    const feed = sseParser({ onEvent: () => {}, onRetry: (delay) => waits.push(delay) });

    feed('retry: 2500\nretry: soon\n\n');

    expect(waits).toEqual([2500]);
  });
});
