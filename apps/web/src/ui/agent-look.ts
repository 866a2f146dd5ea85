const known: Readonly<Record<string, readonly [colour: string, letters: string]>> = {
  guide: ['guide', 'G'],
  thalogos: ['guide', 'G'],
  orchestrator: ['guide', 'G'],
  product: ['product', 'PM'],
  design: ['design', 'UI'],
  backend: ['backend', 'BE'],
  qa: ['qa', 'QA'],
  devops: ['devops', 'DO'],
  docs: ['docs', 'TW'],
  codex: ['codex', 'CX'],
  claude: ['claude', 'CL'],
  gemini: ['gemini', 'GM'],
  acp: ['acp', 'AC'],
  qwen: ['acp', 'QW'],
  opencode: ['acp', 'OC'],
  copilot: ['acp', 'CP'],
};
const colours = ['backend', 'design', 'product', 'qa', 'devops', 'docs'] as const;

function colourOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return colours[sum % colours.length] ?? 'docs';
}

function lettersOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => word[0] ?? '') : [(words[0] ?? '?').slice(0, 2)];
  return letters.join('').toUpperCase();
}

/** Colour (an `--ag-*` token) and letters of an agent's disc; a name nobody planned for always gets the same ones. */
export function agentLook(
  name: string,
  isPerson = false,
): { readonly colour: string; readonly letters: string } {
  if (isPerson) return { colour: 'person', letters: lettersOf(name) };
  const look = known[name.toLowerCase()];
  // A role is the same whether it is called by its word or by its title.
  return look === undefined
    ? { colour: colourOf(name.toLowerCase().replaceAll(/[\s_]+/g, '-')), letters: lettersOf(name) }
    : { colour: look[0], letters: look[1] };
}
