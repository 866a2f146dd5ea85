import type { CheckResult, SaveView } from '@thalogos/contracts';

/** The checks of running Saves as they stand this moment; lost with the process, and never needed after it. */
export interface LiveChecks {
  begin(save: string, names: readonly string[]): void;
  activate(save: string, name: string): void;
  settle(save: string, result: CheckResult): void;
  end(save: string): void;
  of(save: string): SaveView['checks'] | null;
}

/** Makes an empty one. */
export function makeLiveChecks(): LiveChecks {
  const bySave = new Map<string, SaveView['checks']>();
  const change = (save: string, name: string, to: SaveView['checks'][number]) => {
    const checks = bySave.get(save) ?? [];
    bySave.set(
      save,
      checks.map((check) => (check.name === name ? to : check)),
    );
  };
  return {
    begin: (save, names) => {
      bySave.set(
        save,
        names.map((name) => ({ name, state: 'pending', seconds: 0, log: '' })),
      );
    },
    activate: (save, name) => change(save, name, { name, state: 'active', seconds: 0, log: '' }),
    settle: (save, result) => change(save, result.name, result),
    end: (save) => {
      bySave.delete(save);
    },
    of: (save) => bySave.get(save) ?? null,
  };
}
