import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dots } from '../../components/PageStates.tsx';
import { refusalIn } from '../../session/json.ts';
import { trainingServer } from './trainingServer.ts';

type AssistantProps = { readonly moduleId: string; readonly current: number; readonly second: number };

type Exchange = { readonly question: string; readonly answer: string };

const failed = 'The assistant could not answer. Please try again.';

/** Answers questions about the current step. */
export function Assistant({ moduleId, current, second }: AssistantProps): ReactElement {
  const [words, setWords] = useState('');
  const [said, setSaid] = useState<readonly Exchange[]>([]);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const question = words.trim();
    if (question === '' || asking) return;
    setAsking(true);
    setError(null);
    try {
      const answer = await trainingServer.ask({
        userMessage: question,
        currentStep: current,
        videoTime: second,
        moduleId,
      });
      setSaid((before) => [...before.slice(-9), { question, answer }]);
      setWords('');
    } catch (reason) {
      setError(refusalIn(reason) ?? failed);
    } finally {
      setAsking(false);
    }
  };
  return (
    <section aria-labelledby="assistant" className="mt-6 rounded-card border border-line bg-surface p-4">
      <h2 id="assistant" className="font-bold tracking-tight">
        Assistant
      </h2>
      <div role="log" aria-label="Answers" className="mt-2 grid gap-3 text-sm">
        {said.map(({ question, answer }, index) => (
          <div key={index}>
            <p className="font-semibold wrap-anywhere">{question}</p>
            <p className="mt-0.5 whitespace-pre-line wrap-anywhere">{answer}</p>
          </div>
        ))}
      </div>
      {asking && (
        <p role="status" className="mt-2 flex items-center gap-2 text-sm text-muted">
          <Dots /> Thinking...
        </p>
      )}
      {error !== null && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {error}
        </p>
      )}
      <form onSubmit={(event) => void onSubmit(event)} className="mt-3 flex gap-2">
        <label className="min-w-0 flex-1">
          <span className="sr-only">Your question</span>
          <input
            value={words}
            maxLength={2000}
            onChange={(event) => setWords(event.target.value)}
            placeholder="Ask about this step"
            className="w-full rounded-control border border-line-strong bg-surface px-3 py-2 text-sm"
          />
        </label>
        <Button look="primary" type="submit" disabled={asking || words.trim() === ''}>
          Ask
        </Button>
      </form>
    </section>
  );
}
