import { type Limits, type Release, mayHold, onHoldChange, takeSlot } from './slots.ts';

const retryEvery = 2_000;

/** Keeps a connection open while the page may hold one and a slot is free. Returns the function that ends it. */
export function holdWhileFree(limits: Limits, open: () => Release): Release {
  let [close, isTaking, isOver]: [Release | null, boolean, boolean] = [null, false, false];
  const letGo = (): void => {
    close?.();
    close = null;
  };
  const check = async (): Promise<void> => {
    if (!mayHold()) return letGo();
    if (close !== null || isTaking) return;
    isTaking = true;
    const release = await takeSlot(limits);
    isTaking = false;
    if (release === null) return;
    if (isOver || !mayHold()) return release();
    const shut = open();
    close = () => {
      shut();
      release();
    };
  };
  const stop = onHoldChange(() => void check());
  const timer = setInterval(() => void check(), retryEvery);
  void check();
  return () => {
    isOver = true;
    stop();
    clearInterval(timer);
    letGo();
  };
}
