import { useLoad } from '../../state/useLoad.ts';
import { trainingServer } from './trainingServer.ts';
import { usualTime } from './usualTime.ts';

/** How long a video of this trainer usually takes, in words. */
export function useUsualTime(): string {
  const { load } = useLoad(trainingServer.times);
  return usualTime(load.name === 'loaded' ? load.value : {});
}
