import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/process.ts';
import type { Sandbox } from '../../sandbox/contain.ts';
import { type AgentAdapter, AgentFault, type AgentProbe, type SessionSpec } from '../agent-adapter.ts';
import { openLineSession } from '../line-session.ts';
import { ownProgram, ownSessionName } from '../own-program.ts';
import { type NamedModel, reachModel } from './model-settings.ts';
import type { Leave, ModelOpening } from './protocol.ts';
import { translateLine } from './translate-line.ts';

/** What the adapter of a model with tools is made of. */
export interface ModelAdapterDeps extends NamedModel {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  /** The environment of the server: where keys come from. */
  readonly host: Readonly<Record<string, string | undefined>>;
  /** The pause before a refused question is asked again for the first time (2 s). */
  readonly retryMs?: number;
}

/** Moves with its tools and its words to the model, not with the product. */
const VERSION = '1.0.0';

const FIX =
  'Set THALOGOS_MODEL=provider/model with the key of that provider (such as OPENAI_API_KEY), or THALOGOS_MODEL_URL for a model of your own.';

/** A language model with tools of our own, made of SmallTalk: for people with a key, or a model of their own, and no CLI. */
export function makeModelAdapter(deps: ModelAdapterDeps): AgentAdapter {
  const entry = ownProgram(import.meta.url, './model-agent.js');
  return {
    id: 'model',
    title: 'Model',
    capabilities: {
      plan: true,
      thoughts: false,
      diffs: 'item',
      exitCodes: true,
      approvals: true,
      questions: true,
      steer: true,
      resume: true,
      images: false,
      mcp: false,
      usage: 'turn',
      vendorErrors: 'all',
      sandbox: 'none',
    },
    probe: async () => probe(deps, entry),
    async open(spec) {
      const kept = join(spec.stateDir, 'model');
      await mkdir(kept, { recursive: true, mode: 0o700 });
      const opening = toOpening(deps, spec, kept);
      const child = await deps.sandbox.start({
        command: process.execPath,
        args: [entry],
        cwd: spec.cwd,
        stateDir: spec.stateDir,
        environment: { ...withoutKey(spec.env, opening), NODE_USE_ENV_PROXY: '1' },
        readable: codeFolders(entry),
        mark: spec.mark,
      });
      const { session: nativeId } = opening;
      const title = 'The model';
      return openLineSession({
        ...{ child, nativeId, clock: deps.clock, title, translate: translateLine, opening },
      });
    },
  };
}

function probe(deps: ModelAdapterDeps, entry: string): AgentProbe {
  const reached = reachModel(deps, deps.host);
  const signedIn = !('missing' in reached);
  const found = { installed: true, version: VERSION, path: entry, signedIn, healthy: signedIn };
  if (signedIn) return { ...found, problems: [], fix: null };
  return { ...found, problems: [reached.missing], fix: FIX };
}

function toOpening(deps: ModelAdapterDeps, spec: SessionSpec, stateDir: string): ModelOpening {
  const reached = reachModel(deps, { ...deps.host, ...spec.env }, spec.model);
  if ('missing' in reached) {
    const message = `${reached.missing}. ${FIX}`;
    throw new AgentFault({ class: 'auth', message, retryable: false });
  }
  return {
    type: 'open',
    session: ownSessionName(spec, { prefix: '', agent: 'a model' }),
    isResumed: spec.resume !== undefined,
    stateDir,
    files: spec.files ?? null,
    ...reached,
    leave: toLeave(spec, deps.sandbox.contained),
    retryMs: deps.retryMs ?? 2000,
  };
}

/** Commands need no leave where the system keeps them in the worktree; elsewhere each of them is asked about. */
function toLeave({ policy, approvals }: SessionSpec, contained: boolean): Leave {
  const runsFreely = approvals === 'never' || (contained && approvals !== 'always');
  return {
    readsOnly: policy === 'read-only',
    edits: approvals === 'always' ? 'ask' : 'free',
    commands: runsFreely ? 'free' : 'ask',
  };
}

/** Its commands inherit the environment of its process, and its key is none of their business. */
function withoutKey(env: Environment, { settings }: ModelOpening): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== settings.apiKey));
}

/** Where its code is, and the packages beside and above it, of which Token.js is loaded with the first question. */
function codeFolders(entry: string): readonly string[] {
  if (entry.endsWith('.ts')) return [join(dirname(entry), '../../../../..')];
  const above: string[] = [];
  for (let folder = dirname(entry); folder !== dirname(folder); folder = dirname(folder))
    above.push(join(folder, 'node_modules'));
  return [dirname(entry), ...above];
}
