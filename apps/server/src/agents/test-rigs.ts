import { startScriptedProvider } from '@thalogos/testkit';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../platform/clock.ts';
import type { Environment } from '../platform/process.ts';
import { chooseSandbox } from '../sandbox/choose-sandbox.ts';
import type { Sandbox } from '../sandbox/contain.ts';
import { acpAgents } from './acp/agents-table.ts';
import { type AdaptersDeps, makeAdapters } from './adapters.ts';
import type { AgentAdapter } from './agent-adapter.ts';
import type { CodexSetting } from './codex/codex-adapter.ts';
import type { MakeRig } from './test-bench.ts';

type Host = Readonly<Record<string, string | undefined>>;

/** The vendors' programs that were found, by the name of their agent. */
export type Programs = Readonly<Record<string, string | null>>;

/** How each listed adapter is made ready to be tried; an adapter without a line here fails the suite. */
export function makeRigs(
  host: Host,
  programs: Programs,
  around: (sandbox: Sandbox) => Sandbox = (sandbox) => sandbox,
): Readonly<Record<string, MakeRig>> {
  const pick = makePick(around);
  return {
    async scripted(root) {
      return {
        adapter: await pick('scripted', { root, host: quiet(host, root) }),
        env: {},
        close: async () => undefined,
      };
    },
    async codex(root) {
      const provider = await startScriptedProvider();
      const settings = codexSettings(provider.url);
      return {
        adapter: await pick('codex', {
          root,
          host: quiet(host, root),
          codex: { path: programs['codex'] ?? null, settings },
        }),
        env: { SCRIPTED_KEY: 'none' },
        // To a model that it knows it shows such tools only after a search.
        withServers: { model: 'scripted' },
        requests: () => provider.requests,
        escalate: (cmd) =>
          `[[call exec_command ${JSON.stringify({ cmd, sandbox_permissions: 'require_escalated', justification: 'May I?' })}]]`,
        close: () => provider.close(),
      };
    },
    async claude(root) {
      const provider = await startScriptedProvider();
      return {
        adapter: await pick('claude', {
          root,
          host: quiet(host, root),
          claude: { path: programs['claude'] ?? null },
        }),
        env: {
          ANTHROPIC_BASE_URL: provider.url.replace(/\/v1$/, ''),
          ANTHROPIC_API_KEY: 'none',
          CLAUDE_CODE_MAX_RETRIES: '1',
        },
        requests: () => provider.requests,
        // Behind our walls it may run any command; a person who wants to be asked about each says so.
        careful: { approvals: 'always' },
        escalate: (command) => `[[sh ${command}]]`,
        close: () => provider.close(),
      };
    },
    async model(root) {
      const provider = await startScriptedProvider();
      const named = { provider: 'openai-compatible', model: 'scripted' };
      return {
        adapter: await pick('model', {
          root,
          host: quiet(host, root),
          model: { named, url: provider.url, retryMs: 100 },
        }),
        env: { OPENAI_COMPATIBLE_API_KEY: 'key-of-its-vendor' },
        careful: { approvals: 'always' },
        escalate: (command) => `[[sh ${command}]]`,
        requests: () => provider.requests,
        close: () => provider.close(),
      };
    },
    ...acpRigs(host, programs, pick),
  };
}

function acpRigs(host: Host, programs: Programs, pick: Pick): Record<string, MakeRig> {
  const rigs: Record<string, MakeRig> = {};
  for (const { id } of acpAgents) rigs[id] = makeAcpRig(id, host, { path: programs[id] ?? null, pick });
  return rigs;
}

/** Where the scripted model is, in the words of each agent of the table. */
const TO_PROVIDER: Readonly<Record<string, (url: string, root: string) => Promise<Environment>>> = {
  gemini: async (url) => ({
    GEMINI_API_KEY: 'none',
    GEMINI_MODEL: 'gemini-2.5-flash',
    GOOGLE_GEMINI_BASE_URL: url.replace(/\/v1$/, ''),
  }),
  qwen: async (url) => ({ OPENAI_API_KEY: 'none', OPENAI_BASE_URL: url, OPENAI_MODEL: 'gpt-4o' }),
  async opencode(url, root) {
    const file = join(root, 'state', 'opencode.json');
    await mkdir(join(root, 'state'), { recursive: true });
    await writeFile(file, JSON.stringify(opencodeSettings(url)));
    return { OPENCODE_CONFIG: file, OPENCODE_DISABLE_MODELS_FETCH: '1' };
  },
  copilot: async (url) => ({
    ...{ COPILOT_PROVIDER_BASE_URL: url, COPILOT_PROVIDER_TYPE: 'openai', COPILOT_PROVIDER_API_KEY: 'none' },
    ...{ COPILOT_PROVIDER_WIRE_API: 'responses', COPILOT_MODEL: 'gpt-5.5', COPILOT_OFFLINE: 'true' },
  }),
};

/** A provider of a person's own, of which its model is one. */
function opencodeSettings(baseURL: string): unknown {
  const model = { name: 'Scripted', attachment: true, limit: { context: 100_000, output: 8000 } };
  return {
    ...{ model: 'scripted/scripted', small_model: 'scripted/scripted', enabled_providers: ['scripted'] },
    provider: {
      scripted: {
        npm: '@ai-sdk/openai-compatible',
        options: { baseURL, apiKey: 'none' },
        models: { scripted: { ...model, modalities: { input: ['text', 'image'], output: ['text'] } } },
      },
    },
  };
}

/** One that asks about each command, where a person wants that. */
function makeAcpRig(
  id: string,
  host: Host,
  { path, pick }: { readonly path: string | null; readonly pick: Pick },
): MakeRig {
  return async (root) => {
    const provider = await startScriptedProvider();
    return {
      adapter: await pick(id, { root, host: quiet(host, root), acp: { [id]: { path } } }),
      env: (await TO_PROVIDER[id]?.(provider.url, root)) ?? {},
      requests: () => provider.requests,
      careful: { approvals: 'always' },
      escalate: (command) => `[[sh ${command}]]`,
      close: () => provider.close(),
    };
  };
}

/** Codex's settings for the scripted model: a slug it knows, so that it offers all its tools, and no patience. */
export function codexSettings(url: string): Readonly<Record<string, CodexSetting>> {
  return {
    model: 'gpt-5.5',
    model_provider: 'scripted',
    'model_providers.scripted.name': 'scripted',
    'model_providers.scripted.base_url': url,
    'model_providers.scripted.wire_api': 'responses',
    'model_providers.scripted.env_key': 'SCRIPTED_KEY',
    'model_providers.scripted.request_max_retries': 0,
    'model_providers.scripted.stream_max_retries': 1,
  };
}

/** A host with nobody signed in. */
function quiet(host: Host, root: string): Host {
  return { PATH: host['PATH'], HOME: join(root, 'person') };
}

interface Wanted {
  readonly root: string;
  readonly host: Host;
  readonly codex?: { path: string | null; settings: Readonly<Record<string, CodexSetting>> };
  readonly claude?: { path: string | null };
  readonly model?: NonNullable<AdaptersDeps['model']>;
  readonly acp?: NonNullable<AdaptersDeps['acp']>;
}
type Pick = (id: string, wanted: Wanted) => Promise<AgentAdapter>;

/** Picks one adapter, its processes held as well as this machine allows. */
function makePick(around: (sandbox: Sandbox) => Sandbox): Pick {
  return async (id, wanted) => {
    const { root: dataDirectory, host } = wanted;
    const sandbox = around(await chooseSandbox({ host, dataDirectory, wanted: 'auto' }));
    const adapter = makeAdapters({ sandbox, clock: systemClock, ...wanted }).find(
      (listed) => listed.id === id,
    );
    if (adapter === undefined) throw new Error(`No adapter is called ${id}`);
    return adapter;
  };
}
