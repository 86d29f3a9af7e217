import type { TaskEvent } from './event.ts';
import type { Fetch } from './http.ts';

/** One connection that a test's follower opened, to be written to by the test. */
export type FakeConnection = {
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | null;
  /** Writes raw text and lets the follower read it. */
  readonly write: (text: string) => Promise<void>;
  readonly send: (...events: readonly TaskEvent[]) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly breakOff: () => Promise<void>;
};

/** Lets everything that is already due in the micro-task queue happen, under fake or real timers. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** A `fetch` whose answers the test scripts: refusals first come from `answers`, else an open event stream. */
export function fakeStreams(...answers: (() => Response | Promise<Response>)[]): {
  fetch: Fetch;
  connections: FakeConnection[];
} {
  const connections: FakeConnection[] = [];
  const encoder = new TextEncoder();
  const fetch: Fetch = async (url, init = {}) => {
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (opened) => void (controller = opened) });
    const then = async (act: () => void): Promise<void> => {
      act();
      await settle();
    };
    const write = (text: string): Promise<void> => then(() => controller.enqueue(encoder.encode(text)));
    connections.push({
      url,
      headers: new Headers(init.headers),
      signal: init.signal ?? null,
      write,
      send: (...events) => write(events.map(sseTextOf).join('')),
      close: () => then(() => controller.close()),
      breakOff: () => then(() => controller.error(new TypeError('network error'))),
    });
    const answer = answers.shift();
    if (answer !== undefined) return answer();
    return new Response(body, { headers: { 'content-type': 'text/event-stream;charset=UTF-8' } });
  };
  return { fetch, connections };
}

/** An event as the server writes it. */
export function sseTextOf(event: TaskEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function problem(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}
