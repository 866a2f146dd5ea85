import { relative } from 'node:path';
import { z } from 'zod';
import type { FileDiff, ToolEvent } from '../agent-adapter.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { NativeBlock } from './protocol.ts';

type ToolUse = Extract<NativeBlock, { type: 'tool_use' }>;
type ToolResult = Extract<NativeBlock, { type: 'tool_result' }>;

const Input = z.object({
  command: z.string().exactOptional(),
  file_path: z.string().exactOptional(),
  notebook_path: z.string().exactOptional(),
  pattern: z.string().exactOptional(),
  url: z.string().exactOptional(),
});
const Created = z.object({ type: z.literal('create'), filePath: z.string(), content: z.string() });
const Updated = z.object({
  filePath: z.string(),
  structuredPatch: z.array(
    z.object({
      oldStart: z.number(),
      oldLines: z.number(),
      newStart: z.number(),
      newLines: z.number(),
      lines: z.array(z.string()),
    }),
  ),
});
const Ran = z.object({ stdout: z.string(), stderr: z.string() });

const KINDS: Readonly<Record<string, ToolEvent['kind']>> = {
  Bash: 'command',
  Write: 'edit',
  Edit: 'edit',
  NotebookEdit: 'edit',
  Read: 'read',
  Glob: 'read',
  Grep: 'read',
};

/** What is known of a tool before it is done. */
export type ToolStart = Pick<ToolEvent, 'itemId' | 'kind' | 'title' | 'command'>;

/** Reads the call of a tool. */
export function describeTool({ id, name, input }: Omit<ToolUse, 'type'>, cwd: string): ToolStart {
  const known = Input.safeParse(input).data ?? {};
  const kind = KINDS[name] ?? (name.startsWith('mcp__') ? 'mcp' : 'other');
  if (kind === 'command' && known.command !== undefined)
    return { itemId: id, kind, title: known.command, command: known.command };
  const title =
    kind === 'mcp'
      ? name.slice('mcp__'.length).replace('__', ': ')
      : `${name} ${objectOf(known, cwd)}`.trim();
  return { itemId: id, kind, title };
}

/** What a tool is used on, as people read it. */
function objectOf({ file_path, notebook_path, pattern, url }: z.infer<typeof Input>, cwd: string): string {
  const file = file_path ?? notebook_path;
  return file === undefined ? (pattern ?? url ?? '') : relative(cwd, file);
}

/** The end of a tool: its output as people read it, how it ended, and what it changed. */
export function endTool(
  start: ToolStart,
  block: ToolResult,
  { result, cwd }: { readonly result: unknown; readonly cwd: string },
): ToolEvent {
  const text = textOf(block.content);
  const hasFailed = block.is_error === true;
  const event = { type: 'tool', ...start, phase: 'ended', status: statusOf(hasFailed, text) } as const;
  if (start.kind === 'edit')
    return { ...event, diffs: diffsOf(result, cwd), ...(hasFailed ? { output: text } : {}) };
  if (start.kind !== 'command') return { ...event, output: text };
  const failed = /^Exit code (\d+)\n?([\s\S]*)$/.exec(text);
  if (failed !== null) return { ...event, exitCode: Number(failed[1]), output: failed[2] ?? '' };
  const ran = Ran.safeParse(result).data;
  const output = ran === undefined ? text : [ran.stdout, ran.stderr].filter((part) => part !== '').join('\n');
  return hasFailed ? { ...event, output } : { ...event, exitCode: 0, output };
}

function statusOf(hasFailed: boolean, text: string): 'ok' | 'failed' | 'denied' {
  if (!hasFailed) return 'ok';
  return /^(?:The user doesn't want|Permission to use|A person said no)/.test(text) ? 'denied' : 'failed';
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  const parts = z.array(z.object({ text: z.string().default('') })).safeParse(content);
  return parts.success ? parts.data.map(({ text }) => text).join('\n') : '';
}

function diffsOf(result: unknown, cwd: string): readonly FileDiff[] {
  const created = Created.safeParse(result).data;
  if (created !== undefined) {
    const path = relative(cwd, created.filePath);
    return [{ path, unified: unifiedDiff(path, null, created.content) }];
  }
  const updated = Updated.safeParse(result).data;
  if (updated === undefined) return [];
  const hunks = updated.structuredPatch.map(
    ({ oldStart, oldLines, newStart, newLines, lines }) =>
      `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@\n${lines.join('\n')}\n`,
  );
  return [{ path: relative(cwd, updated.filePath), unified: hunks.join('') }];
}
