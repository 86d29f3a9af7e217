/** One dispatched server-sent event. */
export type SseEvent = { readonly id: string; readonly type: string; readonly data: string };

/** Receives what a parser reads; `onRetry` gets the reconnect delay in milliseconds. */
export type SseListener = {
  readonly onEvent: (event: SseEvent) => void;
  readonly onRetry?: (delay: number) => void;
};

/**
 * Returns a function to feed with decoded text, cut anywhere; follows the WHATWG event stream grammar. An event
 * that the stream ends in the middle of is dropped, as the grammar demands.
 */
export function sseParser({ onEvent, onRetry }: SseListener): (text: string) => void {
  let rest = '';
  let atStart = true;
  let id = '';
  let type = '';
  let data: string[] = [];

  const onLine = (line: string): void => {
    if (line === '') {
      if (data.length > 0) onEvent({ id, type: type || 'message', data: data.join('\n') });
      type = '';
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry?.(Number(value));
  };

  return (text) => {
    rest += atStart ? text.replace(/^\uFEFF/, '') : text;
    atStart &&= text === '';
    // A carriage return at the very end may be the first half of a CRLF: it waits for the next text.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  };
}
