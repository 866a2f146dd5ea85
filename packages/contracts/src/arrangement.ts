import { z } from 'zod';
import { SessionId } from './ids.ts';

/** How much of the room a column or a pane takes, beside its neighbours. */
const Share = z.number().min(0.05).max(1_000);

/** One panel in a free arrangement: which one, and where in it, as an address of the console. */
export const Pane = z.object({
  id: z.string().min(1).max(40),
  address: z
    .string()
    .max(2_000)
    .regex(/^\/(?!\/)/, 'An address of the console begins with one slash'),
  share: Share,
});
export type Pane = z.infer<typeof Pane>;

/** Panes from left to right, in each column from above to below. */
export const PaneColumn = z.object({ share: Share, panes: z.array(Pane).min(1).max(4) });
export type PaneColumn = z.infer<typeof PaneColumn>;

/** How the panels of a session stand when they are arranged freely. */
export const Arrangement = z.object({ columns: z.array(PaneColumn).max(5) });
export type Arrangement = z.infer<typeof Arrangement>;

/** The arrangement of a session; `revision` counts its changes, and is 0 where nobody has arranged anything. */
export const KeptArrangement = z.object({
  arrangement: Arrangement.nullable(),
  revision: z.number().int().min(0),
});
export type KeptArrangement = z.infer<typeof KeptArrangement>;

/** Arranges the panels of a session anew, from what was there at `revision`. */
export const ArrangeInput = z.object({
  session: SessionId,
  revision: z.number().int().min(0),
  arrangement: Arrangement,
});
export type ArrangeInput = z.infer<typeof ArrangeInput>;

/** `changed`: another window was faster; what it made of it comes along, and nothing was written. */
export const ArrangeOutcome = KeptArrangement.extend({ kind: z.enum(['kept', 'changed']) });
export type ArrangeOutcome = z.infer<typeof ArrangeOutcome>;
