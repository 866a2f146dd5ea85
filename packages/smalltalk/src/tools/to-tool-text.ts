import { cleanText, limitText } from '../utils/clean-text.ts';
import { strikeSecrets } from '../utils/strike-secrets.ts';

/** The most characters of a tool's result that a model is shown. */
const TOOL_RESULT_LIMIT = 20_000;

/** What a tool gave, as text that can do no harm where it is shown: cleaned, without secrets, of bounded length. */
export function toToolText(result: unknown, maxCharacters = TOOL_RESULT_LIMIT): string {
  const text = typeof result === 'string' ? result : toText(result);
  return limitText(cleanText(String(strikeSecrets(text))), maxCharacters);
}

function toText(result: unknown): string {
  // Typed as string by the library, yet undefined for what JSON has no word for.
  const json: string | undefined = JSON.stringify(strikeSecrets(result), null, 1);
  return json ?? 'Done.';
}
