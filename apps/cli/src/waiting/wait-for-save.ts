import type { SaveView } from '@thalogos/contracts';
import type { CommandContext } from '../command.ts';
import type { Connection } from '../connection/connect.ts';
import { waitUntil } from './wait-until.ts';

/** Which Save is waited for. */
export interface SaveWait {
  readonly context: CommandContext;
  readonly connection: Connection;
  readonly project: string;
  readonly save: string;
}

/** A Save that has ended. */
export type EndedSave = SaveView & { readonly outcome: NonNullable<SaveView['outcome']> };

/** Waits until a Save has ended, also when another server finishes it. */
export function waitForSave({ context, connection, project, save }: SaveWait): Promise<EndedSave> {
  let said = '';
  let isFirst = true;
  return waitUntil({
    connect: async () => {
      if (!isFirst) return context.connect();
      isFirst = false;
      return connection;
    },
    project,
    check: async ({ client }) => {
      const { save: view } = await client.saves.get.query({ save });
      if (view.stage !== said) context.progress(view.stage);
      said = view.stage;
      const { outcome } = view;
      return outcome === null ? null : { ...view, outcome };
    },
  });
}
