import { posix } from 'node:path';
import type { Mark } from '@thalogos/contracts/marks/mark';
import type { Conversation, OfferedTool, ToolCall } from './conversation.ts';

/** The calls that take a step with whatever tools are offered; none where nothing can, or the mark is no such step. */
export function toToolCalls(mark: Mark, tools: Conversation['tools']): readonly ToolCall[] {
  if (mark.kind === 'plan') return planCalls(mark.steps, tools);
  const call =
    mark.kind === 'call' ? namedCall(mark, tools) : (patchCall(mark, tools) ?? shellCall(mark, tools));
  return call === null ? [] : [call];
}

/** A tool of a server is known by its own name as well, whatever an agent puts before it. */
function namedCall(
  { tool: wanted, input }: Extract<Mark, { kind: 'call' }>,
  tools: Conversation['tools'],
): ToolCall | null {
  const tool =
    tools.find(({ name }) => name === wanted) ??
    tools.find(({ name }) => ['_', '-'].some((sign) => name.endsWith(`${sign}${wanted}`)));
  if (tool === undefined) return null;
  const call = { tool: tool.name, input, freeform: tool.freeform };
  return tool.namespace === undefined ? call : { ...call, namespace: tool.namespace };
}

/** A plan in one piece, or step by step. */
function planCalls(steps: readonly string[], tools: Conversation['tools']): readonly ToolCall[] {
  const names = new Set(tools.map(({ name }) => name));
  if (names.has('update_plan')) {
    const plan = steps.map((step, index) => ({ step, status: index === 0 ? 'in_progress' : 'pending' }));
    return [{ tool: 'update_plan', input: { plan }, freeform: false }];
  }
  if (!names.has('TaskCreate')) return [];
  return steps.map((step) => ({
    tool: 'TaskCreate',
    input: { subject: step, description: step },
    freeform: false,
  }));
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
  'run_command',
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
