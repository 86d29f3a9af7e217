import { cookieNamed, renewLogin } from '../../session/sessionFetch.ts';
import { plainFetch } from '../../session/browserSession.ts';
import { textIn } from '../../session/json.ts';
import { inTurn } from './uploadTurn.ts';

export type Upload = {
  readonly file: File;
  readonly signal: AbortSignal;
  /** Called with the percentage that was sent. */
  readonly onProgress: (percent: number) => void;
};

const emptyFile = 'File appears to be empty. Please upload a valid video file.';
const noVideo = 'Only video files are allowed';
const unreachable = 'Network error during upload';

/** Why a file is not accepted; null when it is. */
export function refusalOfFile(file: File, mostBytes: number): string | null {
  if (!file.type.startsWith('video/')) return noVideo;
  if (file.size === 0) return emptyFile;
  if (file.size > mostBytes) {
    return `File too large. Maximum ${Math.floor(mostBytes / 1024 / 1024)}MB allowed.`;
  }
  return null;
}

/** Uploads a video in its turn and resolves with the id of its module. Rejects with a message for users. */
export function uploadVideo(upload: Upload): Promise<string> {
  return inTurn(upload.signal, () => uploadNow(upload));
}

async function uploadNow(upload: Upload): Promise<string> {
  const first = await send(upload);
  // The login may have expired while the page was idle.
  const answer = first.status === 401 && (await renewLogin(plainFetch)) ? await send(upload) : first;
  const id = textIn(answer.body, 'moduleId');
  if (answer.status === 201 && id !== null) return id;
  throw new Error(textIn(answer.body, 'error') ?? 'Upload failed');
}

type Answer = { readonly status: number; readonly body: unknown };

/** Uses XMLHttpRequest, because `fetch` does not report upload progress. */
function send({ file, signal, onProgress }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/upload');
    const token = cookieNamed('csrftoken', document.cookie);
    if (token !== null) request.setRequestHeader('x-csrftoken', token);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? Math.floor((100 * loaded) / total) : 0),
    );
    request.addEventListener('load', () => resolve({ status: request.status, body: jsonIn(request) }));
    request.addEventListener('error', () => reject(new Error(unreachable)));
    request.addEventListener('abort', () =>
      reject(new DOMException('The upload was cancelled', 'AbortError')),
    );
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

function jsonIn(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
