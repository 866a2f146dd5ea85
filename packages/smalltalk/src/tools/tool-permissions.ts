import type { ToolAccess, ToolPermissions, ToolRequest, ToolRuling } from '../types/tool.ts';

/** Who may use which tools; `*` stands for any text. The first rule that fits decides. */
export type ToolRule = {
  readonly agent?: string;
  readonly tool?: string;
  /** `mcp:*` means every tool of every server; without it the rule is for tools of any origin. */
  readonly source?: string;
  /** The rule fits only a tool that touches nothing beyond these; one that does not say counts as `execute`. */
  readonly access?: readonly ToolAccess[];
  readonly ruling: 'allow' | 'refuse';
};

/**
 * Rules over tools by a list. Where none fits, the host's own tools are allowed, for the host gave them to the agent,
 * and tools of MCP servers are refused, for they are strangers.
 */
export function permissionsFrom(rules: readonly ToolRule[] = []): ToolPermissions {
  const compiled = rules.map((rule) => ({ rule, fits: compile(rule) }));
  return {
    rule: (request): ToolRuling => {
      const found = compiled.find(({ fits }) => fits(request));
      if (found?.rule.ruling === 'allow') return { kind: 'allowed' };
      if (found !== undefined) return { kind: 'refused', reason: `A rule forbids ${request.tool.name}` };
      if (request.tool.source === undefined) return { kind: 'allowed' };
      return {
        kind: 'refused',
        reason: `No rule allows ${request.tool.name} of ${request.tool.source}`,
      };
    },
  };
}

function compile({ agent = '*', tool = '*', source, access }: ToolRule): (request: ToolRequest) => boolean {
  const [isAgent, isTool] = [toMatcher(agent), toMatcher(tool)];
  const isSource = source === undefined ? () => true : toMatcher(source);
  return (request) =>
    isAgent(request.agentName) &&
    isTool(request.tool.name) &&
    isSource(request.tool.source ?? '') &&
    isWithin(request.tool.access, access);
}

function isWithin(
  touched: readonly ToolAccess[] = ['execute'],
  allowed: readonly ToolAccess[] | undefined,
): boolean {
  return allowed === undefined || touched.every((access) => allowed.includes(access));
}

/** Tells texts that fit a pattern in which `*` stands for any text. */
function toMatcher(pattern: string): (text: string) => boolean {
  const expression = new RegExp(
    `^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*')}$`,
    's',
  );
  return (text) => expression.test(text);
}
