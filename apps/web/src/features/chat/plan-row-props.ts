import type { AgentInfo, RoleInfo } from '@thalogos/contracts';
import type { ItemChange, PlanItem } from './plan-draft.ts';

/** What a row of a plan shows and can change. */
export interface PlanRowProps {
  readonly item: PlanItem;
  readonly number: number;
  /** The whole plan, for what may come first. */
  readonly items: readonly PlanItem[];
  readonly agents: readonly AgentInfo[];
  readonly roles: readonly RoleInfo[];
  readonly onChange: (change: ItemChange) => void;
  readonly onToggle: () => void;
  readonly onMove: (by: -1 | 1) => void;
  /** Lets this task wait for another, or no longer. */
  readonly onWait: (other: string, waits: boolean) => void;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}
