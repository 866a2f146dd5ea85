/** What the bench asks of the page. */
export interface TranscriptPage {
  /** In how many ms from the first render the first block stood on the screen. */
  readonly firstRows: Promise<number>;
  /** From the end to the start in so many steps, each until what is in view is there. */
  scrollThrough(steps: number): Promise<void>;
}

/** More frames than this nothing takes to come into view. */
const MOST_FRAMES = 600;

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function waitForRows(): Promise<number> {
  const begun = performance.now();
  while (document.querySelector('.block-body') === null) await frame();
  // One more: until then it is laid out and not painted.
  await frame();
  return performance.now() - begun;
}

async function scrollThrough(steps: number): Promise<void> {
  const box = document.querySelector('.virtual-list');
  if (box === null) throw new Error('There is nothing to scroll');
  for (let step = 0; step < steps; step += 1) {
    box.scrollTop = (box.scrollHeight * (steps - 1 - step)) / steps;
    await frame();
    for (let waited = 0; document.querySelector('.block-missing') !== null; waited += 1) {
      if (waited > MOST_FRAMES) throw new Error('What is in view did not come');
      await frame();
    }
    if (document.querySelector('.block-body') === null) throw new Error('No block is in view');
  }
}

/** Begins to measure; call it as the page is drawn first. */
export function beginMeasuring(): TranscriptPage {
  return { firstRows: waitForRows(), scrollThrough };
}
