import { TaskProgress, useHandoff } from '@handoff/react';
import '@handoff/react/progress.css';
import { type ReactElement, useState } from 'react';

type TextRequest = { input: string; instructions?: string };
type TextResult = { text: string; generated_by_ai: boolean };

export function Summary(): ReactElement {
  const [input, setInput] = useState('');
  const { submit, id, status, result, error, reset } = useHandoff<TextRequest, TextResult>('text');

  return (
    <main>
      <form action={() => void submit({ input, instructions: 'Summarise in one sentence.' })}>
        <label>
          Text <textarea value={input} onChange={(change) => setInput(change.target.value)} />
        </label>
        <button disabled={input === '' || status === 'submitting'}>Summarise</button>
        <button type="button" onClick={reset}>
          Clear
        </button>
      </form>
      <TaskProgress id={id} label="Summary" showText={result === null} />
      {result !== null && <p>{result.text}</p>}
      {id === null && error !== null && <p role="alert">{error.message}</p>}
    </main>
  );
}
