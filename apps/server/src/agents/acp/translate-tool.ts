import { isAbsolute, relative } from 'node:path';
import { z } from 'zod';
import type { FileDiff, ToolEvent } from '../agent-adapter.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { NativePart, type NativeTool } from './protocol.ts';

const Input = z.looseObject({ command: z.string().exactOptional() });
const Exit = z.union([
  z.object({ exitCode: z.number() }).transform(({ exitCode }) => exitCode),
  z.object({ exit_code: z.number() }).transform(({ exit_code: code }) => code),
  z.object({ metadata: z.object({ exit: z.number() }) }).transform(({ metadata }) => metadata.exit),
]);

/** How some tell the output of a command with its code around it; `output` may be missing where there was none. */
const WRAPPED: readonly RegExp[] = [
  // Gemini, where a command put nothing out.
  /^Command exited with code: (?<code>\d+)$/,
  // Copilot.
  /^(?<output>[\s\S]*?)\n?<shellId: \S+ completed with exit code (?<code>\d+)>$/,
  // Qwen, whose command comes first in its own words.
  /^Command: [\s\S]*?\nDirectory: .*\nOutput: (?<output>[\s\S]*)\nError: .*\nExit Code: (?:\(none\)|(?<code>\d+))\n[\s\S]*$/,
];

const KINDS: Readonly<Record<string, ToolEvent['kind']>> = {
  execute: 'command',
  edit: 'edit',
  delete: 'edit',
  move: 'edit',
  read: 'read',
  search: 'read',
};

/** What is known of a tool before it is done. */
export type ToolStart = Pick<ToolEvent, 'itemId' | 'kind' | 'title' | 'command'>;

/** What is known of a tool after one more thing was told of it: what was left out has not changed. */
export function mergeTool(before: NativeTool, news: NativeTool): NativeTool {
  const told = Object.entries(news).filter(([, value]) => value !== undefined && value !== null);
  return { ...before, ...Object.fromEntries(told) };
}

/** What a tool is about to do, as people read it. */
export function describeTool(tool: NativeTool): ToolStart {
  const kind = KINDS[tool.kind ?? ''] ?? 'other';
  const title = tool.title ?? 'A tool';
  const start = { itemId: tool.toolCallId, kind };
  if (kind !== 'command') return { ...start, title };
  const command = Input.safeParse(tool.rawInput).data?.command ?? title;
  return { ...start, title: command, command };
}

/** The end of a tool: its output as people read it, how it ended, and what it changed. */
export function endTool(tool: NativeTool, cwd: string): ToolEvent {
  const start = describeTool(tool);
  const parts = tool.content ?? [];
  const event = { type: 'tool', ...start, phase: 'ended' } as const;
  const status = tool.status === 'failed' ? 'failed' : 'ok';
  const output = parts.map(textOf).filter((text) => text !== '');
  if (start.kind === 'command') return { ...event, status, ...endOfCommand(status, output.join('\n'), tool) };
  const diffs = parts.flatMap((part) => toDiff(part, cwd));
  return {
    ...event,
    status,
    ...(output.length === 0 ? {} : { output: output.join('\n') }),
    ...(diffs.length === 0 ? {} : { diffs }),
  };
}

/** A command whose code is told is judged by it; without one it ended as its tool did. */
function endOfCommand(
  status: 'ok' | 'failed',
  told: string,
  { rawOutput }: NativeTool,
): Pick<ToolEvent, 'status' | 'exitCode' | 'output'> {
  const { output, code } = unwrap(told);
  const exitCode = Exit.safeParse(rawOutput).data ?? code;
  if (exitCode === null) return { status, output };
  return { status: exitCode === 0 ? status : 'failed', exitCode, output };
}

function unwrap(told: string): { readonly output: string; readonly code: number | null } {
  for (const wrapped of WRAPPED) {
    const found = wrapped.exec(told)?.groups;
    if (found === undefined) continue;
    const code = found['code'];
    return { output: found['output'] ?? '', code: code === undefined ? null : Number(code) };
  }
  return { output: told, code: null };
}

function textOf(part: unknown): string {
  return NativePart.text.safeParse(part).data?.content.text ?? '';
}

function toDiff(part: unknown, cwd: string): readonly FileDiff[] {
  const diff = NativePart.diff.safeParse(part).data;
  if (diff === undefined) return [];
  const path = isAbsolute(diff.path) ? relative(cwd, diff.path) : diff.path;
  const kind = diff._meta?.kind;
  // A file that is new is told as one that was empty.
  const before = kind === 'add' ? null : (diff.oldText ?? null);
  return [{ path, unified: unifiedDiff(path, before, kind === 'delete' ? null : diff.newText) }];
}
