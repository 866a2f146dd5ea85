import type { RoutingCandidate } from '../types/agent-router.ts';

/** Whom a message speaks to by name: `@Writer …`, `ask Writer …`, `Writer: …`. */
export function findAddress(
  message: string,
  agents: readonly RoutingCandidate[],
): RoutingCandidate | undefined {
  // The longest first: "ask Writer Two" is not meant for "Writer".
  const byLength = agents.toSorted((one, other) => other.name.length - one.name.length);
  return byLength.find(({ name }) => speaksTo(name).some((pattern) => pattern.test(message)));
}

function speaksTo(name: string): RegExp[] {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const end = String.raw`(?![\p{L}\p{N}_-])`;
  return [
    new RegExp(String.raw`(?<![\p{L}\p{N}@])@${literal}${end}`, 'iu'),
    new RegExp(
      String.raw`^\s*(?:please\s+)?(?:ask|tell|let|talk to|switch to)\s+(?:the\s+)?${literal}${end}`,
      'iu',
    ),
    new RegExp(String.raw`^\s*${literal}\s*[:,]`, 'iu'),
  ];
}
