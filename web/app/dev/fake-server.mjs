// A server of the pages with scripted answers, for looking at them without the real one: never shipped.
// Words in a message choose what happens: plain, never, fail, busy, script, offline.
import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const port = Number(process.env.PORT ?? 8090);
const provider = process.env.AI_PROVIDER ?? 'openai';
const withoutStreams = process.env.WITHOUT_STREAMS === 'true';
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const csp =
  "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'";
const contentTypes = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const tasks = new Map();
const uploads = new Map();
const later = (delay, act) => setTimeout(act, delay);

const rich = String.raw`Let us solve **2x = 8** together.

Divide both sides by \(2\):

\[
x = \frac{8}{2} = 4
\]

| step | why |
|---|---|
| \(2x = 8\) | what we are given |
| \(x = 4\) | both sides divided by \(2\) |

Check it: put \(x = 4\) back in, and \(2 \cdot 4 = 8\). Well done for asking! A good habit for test day:

1. Say what is asked in your own words.
2. Do **one** thing to both sides.
3. Put your answer back in.`;
const plain =
  'Start with what moves your score most: linear equations, then reading for the main idea, then commas. Half an hour a day is plenty, and I am here for each step.';
const question = {
  question: String.raw`A phone plan costs $20 a month plus $3 for each gigabyte. Which equation gives the cost \(c\) for \(g\) gigabytes?`,
  options: {
    A: String.raw`\(c = 20g + 3\)`,
    B: String.raw`\(c = 3g + 20\)`,
    C: String.raw`\(c = 23g\)`,
    D: String.raw`\(c = 20 - 3g\)`,
  },
  correct_answer: 'B',
  explanation: String.raw`The $20 is paid once, so it stands alone. Each of the \(g\) gigabytes adds $3, which gives \(3g\). Together: \(c = 3g + 20\).`,
};

function startTask(kind, text) {
  const id = randomUUID();
  const task = {
    id,
    kind,
    events: [],
    watchers: new Set(),
    state: 'processing',
    note: null,
    result: null,
    error: null,
  };
  const emit = (type, facts = {}) => {
    if (task.state !== 'processing') return;
    const event = { seq: task.events.length + 1, at: new Date().toISOString(), type, ...facts };
    task.events.push(event);
    if (type === 'progressReported') task.note = event.message;
    if (type === 'taskCompleted') [task.state, task.result] = ['completed', event.result];
    if (type === 'taskFailed') [task.state, task.error] = ['failed', event.error.message];
    if (type === 'taskCancelled') [task.state, task.error] = ['failed', 'cancelled by its owner'];
    task.watchers.forEach((watch) => watch(event));
  };
  task.emit = emit;
  tasks.set(id, task);
  emit('taskSubmitted', { dueAt: new Date().toISOString() });
  emit('attemptStarted', { attempt: 1 });
  emit('progressReported', { percent: 10, message: 'Analyzing image…', step: 'analyze' });
  later(600, () =>
    emit('progressReported', { percent: 40, message: 'Generating response…', step: 'generate' }),
  );
  const generatedByAi = !/offline/.test(text) && provider !== 'offline';
  const answer = /script/.test(text) ? 'Never run this: <script>alert(1)</script>' : rich;
  const finish = () =>
    emit('taskCompleted', {
      result:
        kind === 'question'
          ? { question, generated_by_ai: generatedByAi }
          : { response: /plain|offline/.test(text) ? plain : answer, generated_by_ai: generatedByAi },
    });
  const stream = () => {
    if (kind === 'question' || /plain|offline/.test(text)) return later(1500, finish);
    const words = answer.match(/\S+\s*/g);
    words.forEach((word, index) => later(60 * index, () => emit('chunkEmitted', { text: word })));
    return later(60 * words.length, finish);
  };
  if (/never/.test(text)) return id;
  if (/fail/.test(text))
    later(1500, () =>
      emit('taskFailed', { error: { code: 'refused', message: 'The AI refused to answer.' } }),
    );
  else if (/busy/.test(text)) {
    const message = 'The AI is busy, trying again shortly';
    later(1000, () => {
      task.note = message;
      emit('attemptFailed', {
        attempt: 1,
        error: { code: 'rateLimited', message },
        retryAt: new Date(Date.now() + 5000).toISOString(),
      });
    });
    later(6000, () => {
      emit('attemptStarted', { attempt: 2 });
      stream();
    });
  } else later(1200, stream);
  return id;
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

function streamEvents(request, response, task) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const write = (event) => {
    response.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    if (/^task(Completed|Failed|Cancelled)$/.test(event.type)) response.end();
  };
  const lastSeen = Number(request.headers['last-event-id'] ?? 0);
  task.events.filter((event) => event.seq > lastSeen).forEach(write);
  task.watchers.add(write);
  const ping = setInterval(() => response.write(': ping\n\n'), 15_000);
  response.on('close', () => {
    clearInterval(ping);
    task.watchers.delete(write);
  });
}

const me = {
  id: 'u1',
  username: 'asha@demo.test',
  email: 'asha@demo.test',
  first_name: 'Asha',
  last_name: 'Rao',
  role: 'User',
  timezone: 'UTC',
  premium: false,
};

const routes = {
  'POST /api/auth/login/': async (request, response) => {
    const { password } = JSON.parse(await bodyOf(request));
    if (password !== 'handoff')
      return json(response, 401, { success: false, error: 'Wrong username or password.' });
    return json(
      response,
      200,
      { access: 'a', refresh: 'r', expires_in: 900, user: me },
      { 'set-cookie': ['session=1; Path=/; HttpOnly', 'csrftoken=t; Path=/'] },
    );
  },
  'POST /api/auth/refresh/': (_, response) =>
    json(response, 401, { success: false, error: 'Authentication required' }),
  'POST /api/auth/logout/': (_, response) =>
    json(response, 204, undefined, { 'set-cookie': 'session=; Path=/; Max-Age=0' }),
  'GET /api/auth/me/': (request, response) =>
    /session=1/.test(request.headers.cookie ?? '')
      ? json(response, 200, me)
      : json(response, 401, { success: false, error: 'Authentication required' }),
  'GET /api/auth/demo-accounts/': (_, response) =>
    json(response, 200, [
      { username: 'asha@demo.test', description: 'Pupil' },
      { username: 'ben@demo.test', description: 'Pupil' },
      { username: 'teacher@school1.test', description: 'Teacher of school 1' },
      { username: 'trainer@demo.test', description: 'Trainer' },
      { username: 'admin@demo.test', description: 'Operator: the console' },
    ]),
  'GET /ai/chat/config/': (_, response) =>
    json(response, 200, {
      poll_every_ms: 1000,
      poll_at_most: Number(process.env.POLL_AT_MOST ?? 60),
      message_limit: 4000,
      image_limit: 5,
      image_max_bytes: 5242880,
      history_limit: 10,
      ai_provider: provider,
      topics: ['Algebra', 'Reading', 'Writing'],
    }),
  'POST /ai/chat/message/': async (request, response) => {
    const { message } = JSON.parse(await bodyOf(request));
    json(response, 200, { success: true, task_id: startTask('chat', message), status: 'processing' });
  },
  'POST /ai/generate-question/': async (request, response) => {
    const { topic } = JSON.parse(await bodyOf(request));
    json(response, 200, { success: true, task_id: startTask('question', topic), status: 'processing' });
  },
  'POST /ai/upload-image/': async (request, response) => {
    const body = await bodyOf(request);
    const start = body.indexOf('\r\n\r\n') + 4;
    const id = randomUUID();
    uploads.set(id, body.subarray(start, body.lastIndexOf('\r\n--')));
    later(700, () =>
      json(response, 200, {
        success: true,
        id,
        file_url: `/media/${id}`,
        file_path: id,
        message: 'Image uploaded successfully',
      }),
    );
  },
};

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const route = routes[`${request.method} ${pathname}`];
  if (route !== undefined) return route(request, response);
  const polled = tasks.get(/^\/ai\/task\/([^/]+)\/$/.exec(pathname)?.[1]);
  if (polled !== undefined) {
    const { state, note, result, error } = polled;
    if (state === 'completed') return json(response, 200, { status: state, success: true, ...result });
    if (state === 'failed') return json(response, 200, { status: state, success: false, error });
    return json(response, 200, { status: state, success: true, progress_message: note });
  }
  if (pathname.startsWith('/ai/task/'))
    return json(response, 404, { success: false, status: 'not_found', error: 'Task not found or expired' });
  const [, id, part] = /^\/api\/v1\/tasks\/([^/]+)\/(events|cancel)$/.exec(pathname) ?? [];
  const task = tasks.get(id);
  if (task !== undefined && part === 'events' && !withoutStreams)
    return streamEvents(request, response, task);
  if (task !== undefined && part === 'cancel') {
    task.emit('taskCancelled', { reason: 'cancelled by its owner' });
    return json(response, 200, {});
  }
  if (uploads.has(pathname.slice('/media/'.length)))
    return response.end(uploads.get(pathname.slice('/media/'.length)));
  if (pathname.startsWith('/api/') || pathname.startsWith('/media/'))
    return json(response, 404, { title: 'Not found', status: 404 });
  const file = join(dist, normalize(pathname));
  const found = existsSync(file) && statSync(file).isFile() ? file : join(dist, 'index.html');
  response.writeHead(200, {
    'content-type': contentTypes[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': csp,
  });
  createReadStream(found).pipe(response);
}).listen(port, () => console.log(`http://localhost:${port}/`));
