import { posix } from 'node:path';
import type { Mark } from '@thalogos/contracts/marks/mark';
import type { Conversation, OfferedTool, ToolCall } from './conversation.ts';

/** The call that takes a step with whatever tools are offered; null where none can, or the mark is no such step. */
export function toToolCall(mark: Mark, tools: Conversation['tools']): ToolCall | null {
  if (mark.kind === 'call') {
    const tool = tools.find(({ name }) => name === mark.tool);
    return tool === undefined ? null : { tool: tool.name, input: mark.input, freeform: tool.freeform };
  }
  if (mark.kind === 'plan') return planCall(mark.steps, tools);
  return patchCall(mark, tools) ?? shellCall(mark, tools);
}

function planCall(steps: readonly string[], tools: Conversation['tools']): ToolCall | null {
  const tool = tools.find(({ name }) => name === 'update_plan');
  if (tool === undefined) return null;
  const plan = steps.map((step, index) => ({ step, status: index === 0 ? 'in_progress' : 'pending' }));
  return { tool: tool.name, input: { plan }, freeform: false };
}

function patchCall(mark: Mark, tools: Conversation['tools']): ToolCall | null {
  const tool = tools.find(({ name, freeform }) => name === 'apply_patch' && freeform);
  const body = tool === undefined ? null : patchOf(mark);
  if (tool === undefined || body === null) return null;
  return { tool: tool.name, input: `*** Begin Patch\n${body}\n*** End Patch`, freeform: true };
}

/** A patch names whole lines and can't leave out the last line break; what it can't say goes to the shell. */
function patchOf(mark: Mark): string | null {
  if (mark.kind === 'delete') return `*** Delete File: ${mark.path}`;
  if (mark.kind !== 'write' || !mark.content.endsWith('\n')) return null;
  const lines = mark.content.slice(0, -1).split('\n');
  return [`*** Add File: ${mark.path}`, ...lines.map((line) => `+${line}`)].join('\n');
}

function shellCall(mark: Mark, tools: Conversation['tools']): ToolCall | null {
  const command = commandOf(mark);
  const tool = tools.find(({ name, freeform }) => SHELLS.has(name) && !freeform);
  if (command === null || tool === undefined) return null;
  return { tool: tool.name, input: shellInput(tool, command), freeform: false };
}

const SHELLS = new Set([
  'exec_command',
  'shell',
  'shell_command',
  'local_shell',
  'Bash',
  'bash',
  'run_shell_command',
]);

function shellInput(tool: OfferedTool, command: string): unknown {
  if (tool.parameters.has('cmd')) return { cmd: command };
  return tool.name === 'shell' ? { command: ['sh', '-c', command] } : { command };
}

const REPLACE =
  'BEGIN { $o = shift; $n = shift } $i = index($_, $o); die "no such text\\n" if $i < 0; substr($_, $i, length $o) = $n';

/** The shell command that takes a step. */
function commandOf(mark: Mark): string | null {
  if (mark.kind === 'sh') return mark.command;
  if (mark.kind === 'read') return `cat -- ${quote(mark.path)}`;
  if (mark.kind === 'delete') return `rm -- ${quote(mark.path)}`;
  if (mark.kind === 'edit') {
    return `perl -0777 -i -pe ${quote(REPLACE)} ${quote(mark.old)} ${quote(mark.new)} ${quote(mark.path)}`;
  }
  if (mark.kind !== 'write' && mark.kind !== 'append') return null;
  const [path, arrow] = [quote(mark.path), mark.kind === 'write' ? '>' : '>>'];
  // Spelt out, because some agents refuse a command with another one in it.
  return `mkdir -p -- ${quote(posix.dirname(mark.path))} && printf %s ${quote(mark.content)} ${arrow} ${path}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
