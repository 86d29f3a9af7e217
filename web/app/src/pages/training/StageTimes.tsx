import type { ReactElement } from 'react';
import { HowLongItTakes, type Times } from '../../components/HowLongItTakes.tsx';
import { trainingServer } from './trainingServer.ts';

/** The stages of processing, in order. */
const names: readonly (readonly [stage: string, name: string])[] = [
  ['look', 'Reading the video'],
  ['compress', 'Making it smaller'],
  ['clean', 'Removing metadata'],
  ['pictures', 'Scenes and pictures'],
  ['speech', 'Speech to text'],
  ['subtitles', 'Subtitles'],
  ['analyse', 'AI analysis'],
  ['extract', 'Step extraction'],
  ['rewrite', 'AI enhancement'],
  ['thumbnails', 'Thumbnails'],
];

/** Durations of the trainer's videos, by stage. */
export function StageTimes(): ReactElement {
  return <HowLongItTakes read={readTimes} none="No video has been worked on yet." />;
}

async function readTimes(): Promise<Times> {
  const stages = await trainingServer.times();
  const rows = names.flatMap(([stage, name]) => {
    const times = stages[stage];
    return times === undefined ? [] : [{ name, p50: times.p50_ms, p95: times.p95_ms }];
  });
  return { caption: 'Your last videos', rows };
}
