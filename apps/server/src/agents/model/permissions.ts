import type { ToolPermissions } from '@thalogos/smalltalk';
import { z } from 'zod';
import type { Desk, ToolStart } from './desk.ts';
import type { Leave } from './protocol.ts';

const Known = z.object({
  path: z.string().exactOptional(),
  command: z.string().exactOptional(),
});

const KINDS: Readonly<Record<string, ToolStart['kind']>> = {
  read_file: 'read',
  list_files: 'read',
  write_file: 'edit',
  edit_file: 'edit',
  delete_file: 'edit',
  run_command: 'command',
};

/** Tools that only speak to the person: what they do is told in their own words. */
const TALK = new Set(['update_plan', 'ask_person']);

/** A tool as people read it; null for one that only speaks to them. */
export function describeCall(name: string, input: unknown): ToolStart | null {
  if (TALK.has(name)) return null;
  const { path, command } = Known.safeParse(input).data ?? {};
  const kind = KINDS[name] ?? 'other';
  if (command !== undefined) return { kind, title: command, command };
  return { kind, title: path === undefined ? name : `${name} ${path}` };
}

/** Tells each tool before it is used, and asks the person first where that was wished. */
export function askingPermissions(desk: Desk, leave: Leave, allowed: Set<string>): ToolPermissions {
  return {
    async rule({ tool, input }) {
      const start = describeCall(tool.name, input);
      if (start === null) return { kind: 'allowed' };
      const itemId = desk.call.id;
      desk.call.start = start;
      desk.tell({ type: 'tool', itemId, phase: 'started', ...start });
      const { kind, title } = start;
      if ((kind !== 'edit' && kind !== 'command') || isFree(kind, leave) || allowed.has(kind))
        return { kind: 'allowed' };
      const requestId = `leave-${desk.nextId()}`;
      const { decision, note } = await desk.ask({
        ...{ type: 'approval', requestId, itemId, kind, title },
        detail: input,
      });
      if (decision === 'allow-session') allowed.add(kind);
      if (decision === 'allow' || decision === 'allow-session') return { kind: 'allowed' };
      return { kind: 'refused', reason: note === '' ? 'A person said no' : `A person said no: ${note}` };
    },
  };
}

function isFree(kind: 'edit' | 'command', { edits, commands }: Leave): boolean {
  return (kind === 'edit' ? edits : commands) === 'free';
}
