import type { Ground } from './compose-ground.ts';
import { type Background, makeBackground } from './conversation/background.ts';
import type { Chat } from './conversation/chat.ts';
import { type Discussions, makeDiscussions } from './conversation/discussions.ts';
import type { Models } from './models/models.ts';
import { ROLES } from './planning/roles.ts';

/** What of the chat goes on while nobody waits for it; ends with the server. */
export interface Talk {
  readonly background: Background;
  readonly discussions: Discussions;
  close(): Promise<void>;
}

/** Makes what goes on in the chat by itself. */
export function composeTalk(
  { recorder, onFault }: Pick<Ground, 'recorder' | 'onFault'>,
  { chat, models }: { readonly chat: Chat; readonly models: Models },
): Talk {
  const background = makeBackground(onFault);
  const discussions = makeDiscussions({ chat, recorder, speakers: ROLES, findModel: models.find });
  return {
    background,
    discussions,
    close: async () => {
      await Promise.all([background.close(), discussions.close()]);
    },
  };
}
