import type { ReactElement } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../icons/Icon.tsx';
import type { ListedModule } from './trainingApi.ts';
import { trainingServer } from './trainingServer.ts';
import { useAction } from './useAction.ts';

type BasicModulesProps = { readonly modules: readonly ListedModule[]; readonly refresh: () => Promise<void> };

/** Says how many modules were made without the AI, and has all of them made again. */
export function BasicModules({ modules, refresh }: BasicModulesProps): ReactElement | null {
  const basic = modules.filter(({ status, generated_by_ai: byAi }) => status === 'ready' && !byAi);
  const { isBusy, error, run } = useAction(() => remakeAll(basic).finally(refresh));
  if (basic.length === 0) return null;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-notice-soft px-4 py-2.5 text-sm text-notice">
      <p className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Icon name="warning" className="mt-0.5 size-4 shrink-0" />
        {basic.length === 1
          ? 'One module was made without the AI and has basic steps.'
          : `${basic.length} modules were made without the AI and have basic steps.`}
      </p>
      <Button disabled={isBusy} onClick={() => void run()}>
        {basic.length === 1 ? 'Make it again with the AI' : 'Make them again with the AI'}
      </Button>
      {error !== null && (
        <p role="alert" className="basis-full text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

async function remakeAll(modules: readonly ListedModule[]): Promise<void> {
  for (const { id } of modules) await trainingServer.reprocess(id);
}
