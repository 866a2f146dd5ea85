import { Agent, type AgentHealthMonitor, type HealthState, SmallTalk } from '@thalogos/smalltalk';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

/** An agent as it might run elsewhere: its connection can break. */
class RemoteAgent extends Agent {
  isConnected = true;
  canRestart = true;

  override ping(): Promise<boolean> {
    return this.isConnected ? super.ping() : Promise.reject(new Error('connection closed'));
  }

  override async restart(): Promise<void> {
    if (!this.canRestart) throw new Error('nobody there');
    this.isConnected = true;
    await super.restart();
  }
}

/** An agent that is lost, the one who answers meanwhile, and its return. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, byAgent({ Doctor: ['Drink some water.'], Nurse: ['I will ask the doctor.'] })),
    // Far shorter than a service needs, so that nobody has to wait: 2000 and 5000 are the defaults.
    health: { heartbeatInterval: 40, activityTimeout: 100, defaultRecoveryStrategy: 'restart' },
    agents: [
      new RemoteAgent({ name: 'Doctor', expertise: ['medicine', 'headache', 'health'] }),
      new Agent({ name: 'Nurse', expertise: ['appointments'] }),
    ],
  });
}

/** A patient who is answered before, while and after the doctor is away. */
export async function demo({ print, environment }: Stage): Promise<void> {
  const talk = makeTalk(environment);
  const doctor = talk.getAgent('Doctor');
  if (!(doctor instanceof RemoteAgent)) throw new Error('The doctor is not a remote agent');
  await during(talk, async () => {
    const { sessionId, agentName } = await talk.chat('I have a headache');
    print(`${agentName} answers`);

    const lost = reaches(talk.health, 'disconnected');
    Object.assign(doctor, { isConnected: false, canRestart: false });
    await lost;
    const meanwhile = await talk.chat('My headache is worse', { sessionId });
    print(`${meanwhile.agentName} answers: ${meanwhile.content}`);

    const back = reaches(talk.health, 'healthy');
    doctor.canRestart = true; // the next attempt succeeds
    await back;
    print(`${(await talk.chat('My headache is still there', { sessionId })).agentName} answers again`);
    print(`${talk.health.getStats().successfulRecoveries} agent was recovered`);
  });
}

/** Resolves when an agent comes into a state. */
function reaches(health: AgentHealthMonitor, state: HealthState): Promise<void> {
  return new Promise((resolve) => {
    health.on('health_change', ({ newState }) => {
      if (newState === state) resolve();
    });
  });
}

await playDirectly(import.meta.url, demo);
