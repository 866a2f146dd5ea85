import type { StorageAdapter } from '../persistence/storage-adapter.ts';
import type { ConversationAgent } from '../types/agent.ts';
import { toJson } from '../types/json.ts';
import type { AgentUsage, ProcessUsage, SessionUsage } from '../types/resource-usage.ts';
import type { Session } from '../types/session.ts';
import { SessionSerializer } from '../types/session-serializer.ts';

/** What this process has taken so far. */
export function measureProcess(): ProcessUsage {
  const { userCPUTime, systemCPUTime, fsRead, fsWrite } = process.resourceUsage();
  return {
    cpuMs: (userCPUTime + systemCPUTime) / 1000,
    memoryBytes: process.memoryUsage.rss(),
    diskReads: fsRead,
    diskWrites: fsWrite,
  };
}

/** What a session takes in memory and in its storage. */
export async function measureSession(session: Session, storage: StorageAdapter): Promise<SessionUsage> {
  const diskBytes = await storage.weighSession?.(session.id);
  return {
    sessionId: session.id,
    memoryBytes: SessionSerializer.getSize(session),
    ...(diskBytes !== undefined && { diskBytes }),
  };
}

/** What an agent takes, as far as its host or it itself knows. */
export async function measureAgent(
  agent: ConversationAgent,
  work: { readonly requests: number; readonly busyMs: number },
): Promise<AgentUsage> {
  const state = agent.captureState?.();
  const own = await agent.measureUsage?.();
  return {
    agentName: agent.name,
    ...work,
    ...(state !== undefined && { stateBytes: Buffer.byteLength(toJson(state, 'state')) }),
    ...(own !== undefined && { own }),
  };
}
