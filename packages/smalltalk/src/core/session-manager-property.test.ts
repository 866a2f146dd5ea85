import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeMemoryStorage } from '../test-session-manager.ts';
import type { Clock } from '../types/clock.ts';
import type { Session } from '../types/session.ts';
import { SessionManager } from './session-manager.ts';

type Step = {
  readonly who: 0 | 1;
  readonly does: 'says' | 'sets' | 'remembers' | 'restores' | 'pushes';
  readonly waits: boolean;
};

/** Waiting costs nothing, so that retries happen at once. */
const instantClock: Clock = { now: () => 1_700_000_000_000, sleep: () => new Promise(setImmediate) };

const anySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom(0, 1),
    does: fc.constantFrom('says', 'sets', 'remembers', 'restores', 'pushes'),
    waits: fc.boolean(),
  }),
  { maxLength: 30 },
);

it('loses no change of either process, whatever they do to one session at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const storage = await makeMemoryStorage();
      const managers = [0, 1].map(
        () => new SessionManager(storage, { clock: instantClock, log: { write: () => undefined } }),
      );
      const first = await managers[0]!.createSession();
      await managers[0]!.saveSession(first);
      const sessions = [first, (await managers[1]!.restoreSession(first.id))!];
      const running: Promise<unknown>[] = [];
      for (const [index, step] of steps.entries()) {
        const done = take(step, index, { manager: managers[step.who]!, session: sessions[step.who]! });
        running.push(done);
        if (step.waits) await done;
      }
      await Promise.all(running);
      for (const [index, manager] of managers.entries()) await manager.saveSession(sessions[index]!);
      for (const manager of managers) await manager.restoreSession(first.id);
      const stored = (await storage.getSession(first.id))!;
      const names = (does: Step['does']) =>
        steps.flatMap((step, index) => (step.does === does ? [String(index)] : []));
      expect(Object.keys(stored.metadata).toSorted()).toEqual(names('sets').toSorted());
      expect(Object.keys(stored.agentStates).toSorted()).toEqual(names('remembers').toSorted());
      const said = stored.conversationHistory.map((entry) =>
        'content' in entry ? entry.content : entry.userMessage,
      );
      expect(said.toSorted()).toEqual([...names('says'), ...names('pushes')].toSorted());
      expect(sessions).toEqual([stored, stored]);
    }),
    { numRuns: 150 },
  );
});

function take(
  { does }: Step,
  index: number,
  { manager, session }: { manager: SessionManager; session: Session },
): Promise<unknown> {
  const name = String(index);
  switch (does) {
    case 'says':
      return manager.addMessage(session.id, { role: 'user', content: name });
    case 'sets':
      session.metadata[name] = index;
      return manager.saveSession(session);
    case 'remembers':
      return manager.updateAgentState(session.id, name, { config: {}, context: {}, messageHistory: [] });
    case 'pushes':
      session.conversationHistory.push({
        sequence: index,
        timestamp: new Date(),
        userMessage: name,
        agentResponses: [],
      });
      return manager.saveSession(session);
    case 'restores':
      return manager.restoreSession(session.id);
  }
}
