import type { z } from 'zod';
import { ValidationError } from '../types/errors.ts';
import type { Tool } from '../types/tool.ts';

const TOOL_NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Makes a tool whose `run` gets what its `parameters` say. */
export function defineTool<Schema extends z.ZodType>(tool: Tool<Schema>): Tool<Schema> {
  assertToolName(tool.name);
  return tool;
}

/** Refuses a name that some provider would refuse. */
export function assertToolName(name: string): void {
  if (!TOOL_NAME.test(name))
    throw new ValidationError(
      `A tool's name is 1 to 64 letters, digits, _ or -, which ${JSON.stringify(name)} is not`,
      ['name'],
    );
}
