import { relative } from 'node:path';
import type { AgentEventBody, FileDiff, ToolEvent } from '../agent-adapter.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { NativeItem } from './protocol.ts';

type Phase = 'started' | 'ended';
type Change = Extract<NativeItem, { type: 'fileChange' }>['changes'][number];

/** An item's beginning or end as events; `hadDeltas` says that its text was told in pieces already. */
export function translateItem(
  item: NativeItem,
  phase: Phase,
  { cwd, hadDeltas }: { readonly cwd: string; readonly hadDeltas: boolean },
): readonly AgentEventBody[] {
  switch (item.type) {
    case 'userMessage':
      return [];
    case 'agentMessage':
      return phase === 'started' || hadDeltas ? [] : words('text', item.id, item.text);
    case 'reasoning':
      return phase === 'started' || hadDeltas
        ? []
        : words('thought', item.id, [...item.summary, ...item.content].join('\n'));
    case 'commandExecution':
      return [toCommand(item, phase)];
    case 'fileChange':
      return [toEdit(item, phase, cwd)];
    case 'mcpToolCall':
      return [toMcpCall(item, phase)];
    case 'contextCompaction':
      return phase === 'started' ? [] : [{ type: 'notice', text: 'The conversation was shortened to fit' }];
  }
}

function words(type: 'text' | 'thought', itemId: string, delta: string): readonly AgentEventBody[] {
  return delta === '' ? [] : [{ type, itemId, delta }];
}

function toCommand(item: Extract<NativeItem, { type: 'commandExecution' }>, phase: Phase): ToolEvent {
  const command = unwrapShell(item.command);
  const event = { type: 'tool', itemId: item.id, kind: 'command', title: command, command, phase } as const;
  if (phase === 'started') return event;
  return {
    ...event,
    status: toStatus(item.status),
    output: item.aggregatedOutput ?? '',
    ...(item.exitCode === null ? {} : { exitCode: item.exitCode }),
  };
}

function toEdit(item: Extract<NativeItem, { type: 'fileChange' }>, phase: Phase, cwd: string): ToolEvent {
  const diffs = item.changes.map((change) => toDiff(change, relative(cwd, change.path)));
  const title = item.changes.map(({ kind }, index) => `${kind.type} ${diffs[index]?.path ?? ''}`).join(', ');
  const event = { type: 'tool', itemId: item.id, kind: 'edit', title, phase, diffs } as const;
  return phase === 'started' ? event : { ...event, status: toStatus(item.status) };
}

/** Of a new or deleted file codex gives the content, of a changed one its hunks. */
function toDiff({ kind, diff }: Change, path: string): FileDiff {
  if (kind.type === 'add') return { path, unified: unifiedDiff(path, null, diff) };
  return { path, unified: kind.type === 'delete' ? unifiedDiff(path, diff, null) : diff };
}

function toMcpCall(item: Extract<NativeItem, { type: 'mcpToolCall' }>, phase: Phase): ToolEvent {
  const event = {
    type: 'tool',
    itemId: item.id,
    kind: 'mcp',
    title: `${item.server}: ${item.tool}`,
    phase,
  } as const;
  if (phase === 'started') return event;
  const output = item.error?.message;
  return { ...event, status: toStatus(item.status), ...(output === undefined ? {} : { output }) };
}

function toStatus(status: string): 'ok' | 'failed' | 'denied' {
  if (status === 'declined') return 'denied';
  return status === 'completed' ? 'ok' : 'failed';
}

/** Codex tells the shell it wraps every command in; people want to read what they are asked about. */
export function unwrapShell(command: string): string {
  const [, quoted] = /^\S*\/(?:bash|zsh|sh) -l?c '((?:[^'])*)'$/.exec(command) ?? [];
  return quoted ?? command;
}
