import { z } from 'zod';
import type { Tool } from '../types/tool.ts';

/** A tool's arguments, checked, or what is wrong with them. */
export type ToolInput =
  | { readonly kind: 'valid'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Checks what a model wants to give to a tool. */
export async function readToolInput({ name, parameters }: Tool, given: unknown): Promise<ToolInput> {
  const parsed = await parameters.safeParseAsync(given);
  if (parsed.success) return { kind: 'valid', value: parsed.data };
  return { kind: 'invalid', reason: `Wrong arguments for ${name}: ${z.prettifyError(parsed.error)}` };
}
