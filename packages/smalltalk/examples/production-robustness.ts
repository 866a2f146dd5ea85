import { Agent, InMemoryStorageAdapter, SmallTalk, StateVersionManager } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** What a service relies on, in one run: sessions, failures, events, groups and versioned state. */
export default function makeTalk(environment: Environment = process.env, location = 'data'): SmallTalk {
  return new SmallTalk({
    ...modelFor(
      environment,
      byAgent({ Researcher: ['Three sources.'], Writer: ['A short text.'], Reviewer: ['Well argued.'] }),
    ),
    history: { location },
    agents: [
      new Agent({ name: 'Researcher', expertise: ['research', 'sources'] }),
      new Agent({ name: 'Writer', expertise: ['writing', 'style'] }),
      new Agent({ name: 'Reviewer', expertise: ['critique', 'logic'] }),
    ],
  });
}

/** Five stories: sessions, groups, events, failures and state. */
export async function demo({ print, environment, folder }: Stage): Promise<void> {
  const { sessionId, groupId } = await during(makeTalk(environment, folder), async (talk) => {
    const said = await talk.chat('Find sources on sleep');
    const group = await talk.groups.createGroup(talk.getAgents(), { speakerSelection: 'llm-based' });
    await talk.groups.handleMessage(group.id, 'Is the logic of this sound?');
    return { sessionId: said.sessionId, groupId: group.id };
  });

  await during(makeTalk(environment, folder), async (talk) => {
    const session = await talk.restoreSession(sessionId);
    print(`session: ${session?.conversationHistory.length ?? 0} messages after a restart`);
    const group = await talk.groups.restoreGroup(groupId, talk.getAgents());
    print(`group: ${group?.conversationHistory.at(-1)?.agentName ?? 'nobody'} spoke last`);

    talk.events.setReplayPolicy('desk', 'full');
    talk.events.subscribe<{ title: string }>('news:*', 'desk', ({ title }) => print(`event: ${title}`));
    await talk.events.publish('news:paper', { title: 'a paper on sleep' });

    talk.health.setRecoveryStrategy('Researcher', 'none');
    talk.health.reportFailure('Researcher', 'its process ended');
    const meanwhile = await talk.chat('Find more sources', { sessionId });
    print(`failure: somebody else answered: ${meanwhile.agentName !== 'Researcher'}`);
  });

  const storage = new InMemoryStorageAdapter();
  await storage.initialize();
  const states = new StateVersionManager(storage, {
    strategy: 'merge',
    log: { write: () => undefined },
  });
  const { version } = await states.createVersion('plan', { step: 1, owner: 'Ada' });
  await states.createVersion('plan', { step: 2, owner: 'Ada' }, { basedOn: version });
  const merged = await states.createVersion('plan', { step: 1, owner: 'Bo' }, { basedOn: version });
  print(`state: ${JSON.stringify(merged.snapshot)} at version ${merged.version}`);
}

await playDirectly(import.meta.url, demo);
