import type { Comparison, Measures, Row } from '../harness/comparison.ts';
import { type InteractionStage, openInteractionStage } from '../interactions/stage.ts';
import { rounds } from '../workloads/sizes.ts';

const MOST_MS = 100;
const PALETTE = 'ms to the palette';
const PANEL = 'ms to another panel';
const TASK = 'ms to a task';
const STYLE = 'ms to a diff side by side';

/** Row 21: what a person presses, until the next paint, in the console against a real server. */
export const interactions: Row = {
  number: 21,
  name: 'interactions',
  comparisons: [
    async ({ size, scratch }): Promise<Comparison> => {
      const stage = await openInteractionStage(scratch);
      return {
        workload: 'the demonstration with results to review, Chromium without a GPU, Event Timing',
        rounds: rounds(size, 5),
        seen: 'nothing over 100 ms',
        sides: [{ name: 'thalogos, the console', role: 'ours', run: () => measure(stage) }],
        goals: [PALETTE, PANEL, TASK, STYLE].map((measure) => ({
          kind: 'below' as const,
          measure,
          atMost: MOST_MS,
        })),
        notes: () => ['From the event to the next paint; the browser tells nothing apart below 16 ms.'],
        close: () => stage.close(),
      };
    },
  ],
};

async function measure({ page, review, time }: InteractionStage): Promise<Measures> {
  const rail = page.getByRole('navigation', { name: 'Main' });
  await page.goto(new URL('/graph', review).href);
  await page.getByRole('application', { name: 'Graph of tasks' }).waitFor();
  const palette = await time(() => page.keyboard.press('Control+k'));
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  const panel = await time(() => rail.getByRole('link', { name: 'Inbox' }).click());
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
  await rail.getByRole('link', { name: 'Review' }).click();
  const link = page.getByRole('main').getByRole('link', { name: 'Print the price in euros' });
  await link.waitFor();
  const task = await time(() => link.click());
  const split = page.getByRole('button', { name: 'Split' });
  await split.waitFor();
  const style = await time(() => split.click());
  await page.getByRole('button', { name: 'Unified' }).click();
  return { [PALETTE]: palette, [PANEL]: panel, [TASK]: task, [STYLE]: style };
}
