import { type ReactElement, useCallback } from 'react';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { Icon } from '../../icons/Icon.tsx';
import { AnalyseAgain } from './AnalyseAgain.tsx';
import { CancelProcessing } from './CancelProcessing.tsx';
import { wordsAt } from './processingWords.ts';
import type { TrainingModule } from './trainingApi.ts';
import { useConfig } from './trainingServer.ts';
import { useProcessing } from './useProcessing.ts';
import { useUsualTime } from './useUsualTime.ts';

type NoticeProps = { readonly module: TrainingModule; readonly refresh: () => Promise<void> };

/** What there is to know of a module above its video: that it is analysed again, or how its steps were made. */
export function ModuleNotices({ module, refresh }: NoticeProps): ReactElement | null {
  const { ai_provider: ai } = useConfig();
  if (module.status === 'processing') return <AnalysedAgain module={module} refresh={refresh} />;
  const withAi = ai !== '' && ai !== 'offline';
  if (module.error === null && module.generated_by_ai) return null;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-notice-soft px-4 py-2.5 text-sm text-notice">
      <div className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Icon name={module.error === null ? 'light' : 'warning'} className="mt-0.5 size-4 shrink-0" />
        <p className="wrap-anywhere">
          {module.error !== null && `The last analysis changed nothing: ${module.error} `}
          {!module.generated_by_ai &&
            (module.aiFailure === null ? module.message : `${module.message}. ${module.aiFailure}`)}
        </p>
      </div>
      {module.hasVideo && (withAi || module.error !== null) && (
        <AnalyseAgain moduleId={module.id} onBegin={refresh}>
          {module.generated_by_ai ? 'Try again' : 'Make it again with the AI'}
        </AnalyseAgain>
      )}
    </div>
  );
}

function AnalysedAgain({ module, refresh }: NoticeProps): ReactElement {
  const onEnd = useCallback(() => void refresh(), [refresh]);
  const { status, isTimedOut } = useProcessing(module, useConfig(), onEnd);
  const usual = useUsualTime();
  return (
    <section aria-label="Analysis" className="mt-4 rounded-card bg-accent-soft px-4 py-3 text-sm">
      <p role="status" className="font-medium text-accent-text">
        {isTimedOut ? 'Processing timeout reached' : status.message || wordsAt(status.progress)}
      </p>
      <ProgressBar coloured percent={status.progress} label="Processing" className="mt-2 h-2" />
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted tabular-nums">
          {status.progress}% complete • This usually takes {usual}. The steps below stay until there are new
          ones.
        </p>
        <CancelProcessing moduleId={module.id} onCancelled={onEnd} />
      </div>
    </section>
  );
}
