import { useCallback, useEffect, useRef, useState } from 'react';
import { refusalOfFile, uploadVideo } from './uploadVideo.ts';

export type UploadState =
  | { readonly name: 'uploading'; readonly percent: number }
  | { readonly name: 'done'; readonly moduleId: string }
  | { readonly name: 'failed'; readonly reason: string };

export type UploadRow = { readonly key: number; readonly file: File; readonly state: UploadState };

export type Uploads = {
  readonly rows: readonly UploadRow[];
  readonly add: (files: readonly File[]) => void;
  readonly remove: (key: number) => void;
};

/** Several uploads at once, each with its own progress. Leaving the page ends those under way. */
export function useUploads(mostBytes: number, onOnlyOne: (moduleId: string) => void): Uploads {
  const [rows, setRows] = useState<readonly UploadRow[]>([]);
  const leaving = useRef(new Map<number, AbortController>());
  const next = useRef(1);

  useEffect(() => {
    const open = leaving.current;
    return () => open.forEach((upload) => upload.abort());
  }, []);

  const change = useCallback((key: number, state: UploadState) => {
    setRows((before) => before.map((row) => (row.key === key ? { ...row, state } : row)));
  }, []);

  const begin = useCallback(
    async (key: number, file: File, alone: boolean) => {
      const abort = new AbortController();
      leaving.current.set(key, abort);
      try {
        const moduleId = await uploadVideo({
          file,
          signal: abort.signal,
          onProgress: (percent) => change(key, { name: 'uploading', percent }),
        });
        change(key, { name: 'done', moduleId });
        if (alone) onOnlyOne(moduleId);
      } catch (error) {
        if (!abort.signal.aborted)
          change(key, { name: 'failed', reason: error instanceof Error ? error.message : 'Upload failed' });
      } finally {
        leaving.current.delete(key);
      }
    },
    [change, onOnlyOne],
  );

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = next.current++;
        const reason = refusalOfFile(file, mostBytes);
        const state: UploadState =
          reason === null ? { name: 'uploading', percent: 0 } : { name: 'failed', reason };
        setRows((before) => [...before, { key, file, state }]);
        if (reason === null) void begin(key, file, files.length === 1 && leaving.current.size === 0);
      }
    },
    [begin, mostBytes],
  );

  const remove = useCallback((key: number) => {
    leaving.current.get(key)?.abort();
    setRows((before) => before.filter((row) => row.key !== key));
  }, []);

  return { rows, add, remove };
}
