import type { DegradedMode, Status } from '@thalogos/contracts';
import { diagnose } from './doctor.ts';
import { examine, type Patient } from './examine.ts';
import type { Machine } from './machine.ts';
import type { OpsCalls } from './ops.api.ts';

/** The running server as `status` shows it. */
export type ServerIdentity = Omit<Status['server'], 'version'>;

/** The part of a status that belongs to a project; everything is empty without one. */
export type ProjectStatus = Omit<Status, 'server' | 'degraded'>;

/** What the calls on the server need. */
export interface OpsDeps {
  readonly server: () => ServerIdentity;
  readonly version: string;
  readonly build: string;
  /** Begins the graceful end. */
  readonly stop: () => void;
  readonly patient: Patient;
  readonly statusOf: (project: string | undefined) => ProjectStatus;
  /** Number of the last event. */
  readonly seq: () => number;
  /** Name of the planner in use. */
  readonly planner: () => string;
  /** The mode in which one task is tried at a time; null while it is off. */
  readonly degraded: () => DegradedMode | null;
  readonly leaveDegraded: OpsCalls['leaveDegraded'];
  /** What the work takes of this machine. */
  readonly machine: () => Machine;
  /** Whether agents are contained on this machine. */
  readonly contained: () => boolean;
  /** The project that the server was started on; null where it was started on none. */
  readonly opened: () => string | null;
}

/** The use cases behind the calls on the server itself. */
export function makeOps({
  server,
  version,
  build,
  stop,
  patient,
  statusOf,
  seq,
  planner,
  machine,
  contained,
  opened,
  degraded,
  leaveDegraded,
}: OpsDeps): OpsCalls {
  return {
    status: (project) => ({ server: { ...server(), version }, ...statusOf(project), degraded: degraded() }),
    doctor: async () => diagnose(await examine(patient)),
    stop,
    leaveDegraded,
    info: () => ({
      version,
      build,
      seq: seq(),
      dataDirectory: patient.dataDirectory,
      planner: planner(),
      ...machine(),
      contained: contained(),
      opened: opened(),
    }),
  };
}
