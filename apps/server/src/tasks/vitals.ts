import type { Run, Silence } from '@thalogos/contracts';

/** Who watches over agents at work, as the runs see it. */
export interface Vitals {
  /** A run begins; its agent is watched once its process is there. */
  started(run: Run): void;
  /** `lose` ends the run where its process is found to be gone. */
  opened(run: Run, process: { readonly pid: number; readonly lose: (reason: string) => void }): void;
  /** The agent said or did something, of this type of event; the last one says that its end is known. */
  heard(run: Run, event: string): void;
  /** It gives no sign of life; then it does again. */
  silent(run: Run, silence: Silence): void;
  woke(run: Run): void;
}
