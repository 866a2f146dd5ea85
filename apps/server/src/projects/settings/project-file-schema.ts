import { ProjectConfig } from '@thalogos/contracts';
import { z } from 'zod';

/** The JSON Schema of `.thalogos/config.yaml`, for editors; published as `docs/api/project-file.schema.json`. */
export function projectFileSchema(): Record<string, unknown> {
  return {
    title: 'Project file of Thalogos (.thalogos/config.yaml)',
    ...z.toJSONSchema(ProjectConfig, { io: 'input' }),
  };
}

/** The names of the settings that may stand at a place of the file; empty where any may. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = projectFileSchema();
  for (const step of path)
    schema =
      typeof step === 'number' ? under(schema, 'items') : under(under(schema, 'properties'), String(step));
  const properties = under(schema, 'properties');
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function under(schema: unknown, key: string): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  return Object.entries(schema).find(([name]) => name === key)?.[1];
}
