/** The variables in which each vendor's keys are looked for; an agent is handed its own vendor's and nobody else's. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  codex: ['OPENAI_API_KEY', 'CODEX_API_KEY'],
  claude: ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'CLAUDE_CODE_OAUTH_TOKEN'],
  gemini: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  qwen: ['OPENAI_API_KEY'],
  // It is told which vendor to call by its own settings.
  opencode: ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'GEMINI_API_KEY', 'OPENROUTER_API_KEY'],
  copilot: ['COPILOT_GITHUB_TOKEN', 'COPILOT_PROVIDER_API_KEY'],
};

/**
 * The keys of the host that an agent is handed.
 *
 * @param agent its id; one that calls no vendor gets nothing
 * @param host the server's environment
 * @param more names that a person lets through besides
 */
export function vendorKeys(
  agent: string,
  host: Readonly<Record<string, string | undefined>>,
  more: readonly string[],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of [...(KEYS[agent] ?? []), ...more]) {
    const value = host[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
