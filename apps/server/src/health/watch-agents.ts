import { AgentHealthMonitor, type LogSink } from '@thalogos/smalltalk';
import type { Clock } from '../platform/clock.ts';

/** Agents at work under SmallTalk's monitor, each by the id of its task: one that fails twice is one that fails. */
export interface AgentsWatch {
  /** Watches the agent of a task by its process. */
  watch(task: string, process: { readonly pid: number; readonly onGone: (reason: string) => void }): void;
  /** A sign of life. */
  heard(task: string): void;
  /** When the agent last gave a sign of life or its process was last there; null for one that is not watched. */
  lastAlive(task: string): number | null;
  /** The agent of a task, watched or not, is known to have failed. */
  failed(task: string, reason: string): void;
  /** Watches it no longer. */
  forget(task: string): void;
  /** So many agents count as failing together that the mode is on; told to end it. */
  leaveDegraded(): void;
  close(): Promise<void>;
}

/** What watching agents needs. */
export interface AgentsWatchDeps {
  readonly clock: Clock;
  readonly log: LogSink;
  readonly isAlive: (pid: number) => boolean;
  /** More agents than may have failed together, by their tasks. */
  readonly onDegraded: (tasks: readonly string[]) => void;
}

/** Starts the monitor: a silent agent's process is looked for every two seconds, twice, before it counts as lost. */
export function watchAgents({ clock, log, isAlive, onDegraded }: AgentsWatchDeps): AgentsWatch {
  const gone = new Map<string, (reason: string) => void>();
  const monitor = new AgentHealthMonitor({
    clock: { now: () => clock.now(), sleep: (ms, signal) => sleep(clock, ms, signal) },
    log,
    // Attempts are counted in the task's state machine alone, so nothing is restarted here.
    config: { defaultRecoveryStrategy: 'none', livenessInterval: 0 },
    degradation: { recoveredBelow: 0 },
  });
  monitor.on('health_change', ({ agentId, newState, reason }) => {
    if (newState === 'disconnected') gone.get(agentId)?.(reason ?? 'its process does not answer');
  });
  monitor.on('degradation_entered', ({ agentIds }) => onDegraded(agentIds));
  void monitor.startMonitoring();
  const forget = (task: string) => {
    gone.delete(task);
    monitor.unregisterAgent(task);
  };
  return {
    watch: (task, { pid, onGone }) => {
      forget(task);
      gone.set(task, onGone);
      monitor.registerAgent({ name: task, ping: async () => isAlive(pid) });
    },
    heard: (task) => monitor.recordActivity(task, 'output'),
    lastAlive: (task) => monitor.getAgentHealth(task)?.lastHeartbeat ?? null,
    failed: (task, reason) => {
      gone.delete(task);
      // One that could not even be opened was never watched, and fails all the same.
      if (monitor.getAgentHealth(task) === null)
        monitor.registerAgent({ name: task, ping: async () => false });
      monitor.reportFailure(task, reason);
    },
    forget,
    leaveDegraded: () => void monitor.leaveDegradation(),
    close: () => monitor.stopMonitoring(),
  };
}

function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = () => {
      cancel();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancel = clock.after(ms, wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}
