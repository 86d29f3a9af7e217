import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TaskEvent } from './event.ts';
import type { QueuePlace, Task, TaskSummary } from './task.ts';
import { applyEvent, unseenTask } from './taskView.ts';

const at = '2026-01-05T09:00:00Z';
/** The token that the server accepts. */
export const goodToken = 'good-token';

type Facts<E> = E extends TaskEvent ? Omit<E, 'seq' | 'at'> : never;
export type NewEvent = Facts<TaskEvent>;

export const started: NewEvent = { type: 'attemptStarted', attempt: 1 };
export const chunk = (text: string): NewEvent => ({ type: 'chunkEmitted', text });
export const completed: NewEvent = { type: 'taskCompleted', result: { response: 'x = 4' } };

/** Replaces the answer to a request; `null` leaves it as it is. */
export type Trouble = (request: IncomingMessage, response: ServerResponse) => 'handled' | null;

export type Seen = {
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

class WireTask {
  readonly events: TaskEvent[] = [];
  readonly listeners = new Set<() => void>();
  readonly id: string;
  readonly type: string;
  readonly subject: string | null;
  /** Its place in line, which streams tell when it has changed. */
  queue: QueuePlace | null = null;

  constructor(id: string, { type = 'text', subject = null }: { type?: string; subject?: string | null }) {
    [this.id, this.type, this.subject] = [id, type, subject];
    this.emit({ type: 'taskSubmitted', dueAt: at });
  }

  emit(...events: readonly NewEvent[]): void {
    for (const event of events) this.events.push({ seq: this.events.length + 1, at, ...event } as TaskEvent);
    for (const listener of this.listeners) listener();
  }

  moveTo(queue: QueuePlace | null): void {
    this.queue = queue;
    for (const listener of this.listeners) listener();
  }

  after(seq: number): readonly TaskEvent[] {
    return this.events.slice(seq);
  }

  /** Forgets the last events, like a database whose older copy was put in its place. */
  forget(count: number): void {
    this.events.length -= count;
  }

  isBeyond(seq: number): boolean {
    return seq > this.events.length;
  }

  get isOver(): boolean {
    return /^task(Completed|Failed|Cancelled)$/.test(this.events.at(-1)?.type ?? '');
  }

  view(): Task {
    const { state, attempt, progress, waiting, result, error, usage, lastEvent } = this.events.reduce(
      applyEvent,
      unseenTask(),
    );
    const ended = this.isOver ? at : null;
    const { id, type, subject } = this;
    return {
      id,
      type,
      state,
      progress,
      attempt,
      maxAttempts: 3,
      priority: 'normal',
      subject,
      createdAt: at,
      startedAt: at,
      updatedAt: at,
      finishedAt: ended,
      expiresAt: ended,
      waiting,
      queue: this.queue,
      result,
      error,
      usage,
      lastEvent,
    } as Task;
  }
}

/** A small HTTP server with the API's wire format, whose answers a test can disturb. */
export class WireServer {
  readonly tasks = new Map<string, WireTask>();
  readonly requests: Seen[] = [];
  /** Called before every request. */
  trouble: Trouble = () => null;
  pingEvery = 40;
  readonly #keys = new Map<string, { readonly body: string; readonly answer: unknown }>();
  readonly #batches = new Map<string, readonly string[]>();
  #server = createServer();
  #port = 0;
  #openStreams = 0;
  #nextId = 1;

  static async start(): Promise<WireServer> {
    const server = new WireServer();
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Number of open event streams and long polls. */
  get openStreams(): number {
    return this.#openStreams;
  }

  calls(pattern: RegExp): readonly Seen[] {
    return this.requests.filter(({ call }) => pattern.test(call));
  }

  task(id: string): WireTask {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    return task;
  }

  add(id = `t${this.#nextId++}`, facts: { type?: string; subject?: string | null } = {}): WireTask {
    const task = new WireTask(id, facts);
    this.tasks.set(id, task);
    return task;
  }

  /** Starts, or starts again, on the same port. */
  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((listening) => this.#server.listen(this.#port, '127.0.0.1', listening));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Breaks all connections off. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  /** Like `kill -9`: connections break off and new ones are refused. */
  async kill(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.cut();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const call = `${request.method} ${request.url}`;
    this.requests.push({ call, headers: request.headers, body });
    if (this.trouble(request, response) === 'handled') return;
    const { authorization } = request.headers;
    if (authorization !== undefined && authorization !== `Bearer ${goodToken}`)
      return problem(response, 401, 'not-authenticated');
    this.#answer(request, response, body);
  }

  #answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, kind, id = '', part = ''] =
      /^\/(?:api\/v1|handoff)\/(\w+)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (kind === 'batches') return this.#batch(request, response, { id, body });
    if (kind !== 'tasks') return problem(response, 404, 'no-such-endpoint');
    if (id === '' && request.method === 'POST') return this.#submit(request, response, body);
    if (id === '') return this.#list(response, searchParams);
    const task = this.tasks.get(decodeURIComponent(id));
    if (task === undefined) return problem(response, 404, 'task-not-found');
    const state = task.view().state;
    switch (`${request.method} ${part}`) {
      case 'GET ':
        return this.#task(request, response, task);
      case 'GET events':
        return this.#events(request, response, task);
      case 'GET result':
        if (state === 'completed') return send(response, 200, task.view().result);
        return problem(response, 409, task.isOver ? `task-${state}` : 'not-finished', { 'retry-after': '1' });
      case 'POST cancel':
        if (!task.isOver) task.emit({ type: 'taskCancelled', reason: 'cancelled by its owner' });
        return send(response, 200, task.view());
      case 'POST retry':
        if (state !== 'failed') return problem(response, 409, 'not-failed');
        task.emit({ type: 'taskRetried', dueAt: at });
        return send(response, 200, task.view());
    }
    return problem(response, 405, 'method-not-allowed');
  }

  #submit(request: IncomingMessage, response: ServerResponse, body: string): void {
    const key = String(request.headers['idempotency-key']);
    const before = this.#keys.get(key);
    if (before !== undefined && before.body !== body) return problem(response, 422, 'idempotency-mismatch');
    if (before !== undefined) return send(response, 202, before.answer, { 'idempotent-replay': 'true' });
    const { type, subject = null } = JSON.parse(body) as { type: string; subject?: string };
    if (type === 'unknown') return problem(response, 422, 'unknown-task-type', {}, { types: ['text'] });
    const answer = this.add(undefined, { type, subject }).view();
    this.#keys.set(key, { body, answer });
    const wait = request.headers.prefer;
    send(response, 202, answer, wait === undefined ? {} : { 'preference-applied': String(wait) });
  }

  #batch(
    request: IncomingMessage,
    response: ServerResponse,
    { id, body }: { id: string; body: string },
  ): void {
    if (request.method === 'POST' && id === '') {
      const { tasks } = JSON.parse(body) as { tasks: { type: string }[] };
      const receipts = tasks.map(({ type }) =>
        type === 'unknown'
          ? { problem: { type: 'urn:handoff:problem:unknown-task-type' } }
          : { id: this.add(undefined, { type }).id },
      );
      const batchId = `b${this.#nextId++}`;
      this.#batches.set(
        batchId,
        receipts.flatMap((receipt) => receipt.id ?? []),
      );
      return send(response, 202, { id: batchId, tasks: receipts });
    }
    const tasks = (this.#batches.get(id) ?? []).map((taskId) => this.task(taskId));
    if (request.method === 'POST')
      for (const task of tasks) task.emit({ type: 'taskCancelled', reason: 'cancelled' });
    const states = tasks.map((task) => ({ id: task.id, state: task.view().state }));
    const counts = { queued: 0, processing: 0, completed: 0, failed: 0, cancelled: 0, expired: 0 };
    for (const { state } of states) counts[state] += 1;
    const finished = tasks.every((task) => task.isOver);
    send(response, 200, { id, createdAt: at, total: tasks.length, counts, finished, tasks: states });
  }

  #list(response: ServerResponse, query: URLSearchParams): void {
    const limit = Number(query.get('limit') ?? 50);
    const from = Number(query.get('cursor') ?? 0);
    const asked = ({ type, subject }: WireTask): boolean =>
      (query.get('type') ?? type) === type && (query.get('subject') ?? subject) === subject;
    const all = [...this.tasks.values()].toReversed().filter(asked);
    const tasks = all.slice(from, from + limit).map((task): TaskSummary => {
      const { id, type, state, progress, subject, createdAt, updatedAt } = task.view();
      const { finishedAt, queue, lastEvent, error } = task.view();
      const facts = { createdAt, updatedAt, finishedAt, queue, lastEvent, error };
      return { id, type, state, progress, subject, ...facts };
    });
    send(response, 200, { tasks, next: from + limit < all.length ? String(from + limit) : null });
  }

  #task(request: IncomingMessage, response: ServerResponse, task: WireTask): void {
    const etag = `"${task.events.length}"`;
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    send(response, 200, task.view(), { etag });
  }

  #events(request: IncomingMessage, response: ServerResponse, task: WireTask): void {
    const { searchParams } = new URL(request.url ?? '/', this.url);
    const lastSeen = Number(request.headers['last-event-id'] ?? searchParams.get('after') ?? 0);
    this.#openStreams += 1;
    response.on('close', () => (this.#openStreams -= 1));
    if (request.headers.accept === 'application/json')
      return longPoll(response, task, { lastSeen, wait: Number(searchParams.get('wait') ?? 0) });
    if (task.isOver && task.events.length === lastSeen) return void response.writeHead(204).end();
    streamEvents(response, task, { lastSeen, pingEvery: this.pingEvery });
  }
}

const eventsPerPage = 5;

function longPoll(
  response: ServerResponse,
  task: WireTask,
  { lastSeen, wait }: { lastSeen: number; wait: number },
): void {
  const answer = (): void => {
    task.listeners.delete(onNews);
    clearTimeout(timer);
    const isReset = task.isBeyond(lastSeen);
    const events = task.after(isReset ? 0 : lastSeen).slice(0, eventsPerPage);
    send(response, 200, { events, last: events.at(-1)?.seq ?? lastSeen, ...(isReset && { reset: true }) });
  };
  const onNews = (): void => void ((task.isBeyond(lastSeen) || task.after(lastSeen).length > 0) && answer());
  const timer = setTimeout(answer, task.isOver ? 0 : wait * 1_000);
  task.listeners.add(onNews);
  response.on('close', () => (clearTimeout(timer), task.listeners.delete(onNews)));
  onNews();
}

function streamEvents(
  response: ServerResponse,
  task: WireTask,
  { lastSeen, pingEvery }: { lastSeen: number; pingEvery: number },
): void {
  let told = lastSeen;
  let place: QueuePlace | null = null;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 10\n\n');
  const tell = (): void => {
    if (task.isBeyond(told)) {
      response.write(`event: reset\ndata: {"last":${task.events.length}}\n\n`);
      told = 0;
    }
    const events = task.after(told);
    if (task.queue !== place && !task.isOver)
      response.write(`event: queue\ndata: ${JSON.stringify((place = task.queue))}\n\n`);
    told += events.length;
    if (events.length > 0) response.write(events.map(sseTextOf).join(''));
    if (task.isOver) response.end();
  };
  const ping = setInterval(() => response.write(': ping\n\n'), pingEvery);
  task.listeners.add(tell);
  response.on('close', () => (clearInterval(ping), task.listeners.delete(tell)));
  tell();
}

function sseTextOf(event: TaskEvent): string {
  return `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

type Headers = Readonly<Record<string, string>>;

export function send(response: ServerResponse, status: number, body: unknown, headers: Headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function problem(
  response: ServerResponse,
  status: number,
  name: string,
  headers: Headers = {},
  more: object = {},
): void {
  const body = { type: `urn:handoff:problem:${name}`, title: name, status, detail: `${name}.`, ...more };
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
  response.end(JSON.stringify(body));
}
