import { isTerminal } from '@handoff/client';
import { usePoll } from '@handoff/react';
import { type ReactElement, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dots } from '../../components/PageStates.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { useLoad } from '../../state/useLoad.ts';
import type { TestInsights } from './zonesApi.ts';
import { zonesServer } from './zonesServer.ts';

type RemakeNoticeProps = { readonly insights: TestInsights; readonly onRemade: () => void };

const every = 3_000;
const lateAfter = 180_000;

/** Says that rules stood in for the AI, and has the AI asked again. Nothing where there is no AI. */
export function RemakeNotice({ insights, onRemade }: RemakeNoticeProps): ReactElement | null {
  const { id } = insights.test_info;
  const { load } = useLoad(zonesServer.config);
  const [taskId, setTaskId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  usePoll<TestInsights>(taskId, {
    read: (signal) => zonesServer.insights(id, signal),
    isFinal: isByAi,
    every,
    firstAfter: every,
    lateAfter,
    taskId: () => taskId,
    onChange: ({ phase, value, task }) => {
      const isOver = task !== null && isTerminal(task.state) && value !== null;
      if (phase === 'open' && !isOver) return;
      setTaskId(null);
      if (value === null || !isByAi(value)) setProblem('The AI is still not available.');
      onRemade();
    },
  });
  const rules = insights.zone_insights.filter((zone) => !zone.generated_by_ai);
  const hasAi = load.name === 'loaded' && load.value.ai_provider !== 'offline';
  if (rules.length === 0 || !hasAi) return null;
  const onClick = async (): Promise<void> => {
    setProblem(null);
    try {
      setTaskId(await zonesServer.remakeWithAi(id));
    } catch {
      setProblem('The server cannot be reached.');
    }
  };
  return (
    <div
      role="status"
      className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card bg-notice-soft px-4 py-3 text-sm font-medium text-notice"
    >
      <Icon name="warning" />
      The AI was not available for {rules.map(({ subject }) => subject).join(', ')}: computed from your
      answers by fixed rules.
      {problem !== null && <span className="font-normal">{problem}</span>}
      {taskId === null ? (
        <Button className="ml-auto" onClick={() => void onClick()}>
          Make it again with the AI
        </Button>
      ) : (
        <Dots />
      )}
    </div>
  );
}

function isByAi({ zone_insights: zones }: TestInsights): boolean {
  return zones.every((zone) => zone.generated_by_ai);
}
