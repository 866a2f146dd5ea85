import { z } from 'zod';
import type { ToolDescription } from '../types/language-model.ts';
import type { Tool } from '../types/tool.ts';

/** A tool as a model is told of it. */
export function describeTool({ name, description, parameters, describe }: Tool): ToolDescription {
  const { $schema: _dialect, ...schema } = describe ?? z.toJSONSchema(parameters, { io: 'input' });
  return { name, description, parameters: schema };
}
