import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentManifest } from '../types/agent-manifest.ts';
import { Agent } from './agent.ts';
import type { OwnServices } from './agent-settings.ts';
import { ManifestError, readManifest } from './read-manifest.ts';

/** Which files of a folder are manifests. */
const MANIFEST_FILES = /\.(yaml|yml|json)$/i;

/** An agent and the file it was made from. */
export type LoadedAgent = { readonly agent: Agent; readonly manifest: AgentManifest };

/** Makes an agent of a manifest. */
export async function loadAgent(file: string, services: OwnServices = {}): Promise<LoadedAgent> {
  const manifest = await readManifest(file);
  const { config, capabilities } = manifest;
  try {
    return { agent: new Agent({ ...config, capabilities }, services), manifest };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new ManifestError(file, { what, cause });
  }
}

/** Makes an agent of each manifest in a folder, in the order of their names; if one is wrong there is none. */
export async function loadAgents(
  folder: string,
  { pattern = MANIFEST_FILES, services = {} }: { pattern?: RegExp; services?: OwnServices } = {},
): Promise<LoadedAgent[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new ManifestError(folder, { what: 'the folder cannot be read', cause });
  });
  const files = names.filter((name) => pattern.test(name)).sort();
  return Promise.all(files.map((name) => loadAgent(join(folder, name), services)));
}
