import type { CodexSetting } from './codex-adapter.ts';

/** Reads `key=value` lines as codex's own `-c` does: a value that is not JSON is taken as the text it is. */
export function readCodexSettings(lines: readonly string[]): Readonly<Record<string, CodexSetting>> {
  const settings: Record<string, CodexSetting> = {};
  for (const line of lines) {
    const at = line.indexOf('=');
    if (at > 0) settings[line.slice(0, at).trim()] = readValue(line.slice(at + 1).trim());
  }
  return settings;
}

function readValue(text: string): CodexSetting {
  try {
    const value: unknown = JSON.parse(text);
    return isSetting(value) ? value : text;
  } catch {
    // Not JSON: the bare words that people write, such as `model=gpt-5.5`.
    return text;
  }
}

function isSetting(value: unknown): value is CodexSetting {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
