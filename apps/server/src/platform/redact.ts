const PLACEHOLDER = '[redacted]';

/** Shapes of keys of well-known vendors, for those that nobody told us of. */
const SHAPES = [
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\bgh[opsu]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/g,
  /\bxox[abps]-[A-Za-z0-9-]{10,}/g,
  /\bA(?:KIA|SIA)[A-Z0-9]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /(?<=\bBearer )[A-Za-z0-9._~+/-]{20,}=*/g,
];

/** A secret shorter than this could be any word, and is not searched for. */
const SHORTEST = 8;

/** Takes known secrets, and what looks like a key, out of text before it is written or sent anywhere. */
export interface Redactor {
  /** Makes a secret known. */
  add(secret: string): void;
  redactText(text: string): string;
}

/** Makes a redactor that knows these secrets. */
export function makeRedactor(secrets: readonly string[] = []): Redactor {
  const known = new Set<string>();
  const add = (secret: string) => {
    if (secret.length < SHORTEST) return;
    // As it stands, and as it looks inside JSON and a URL.
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      known.add(form);
  };
  for (const secret of secrets) add(secret);
  return {
    add,
    redactText: (text) => {
      let clean = text;
      for (const secret of known) if (clean.includes(secret)) clean = clean.replaceAll(secret, PLACEHOLDER);
      for (const shape of SHAPES) clean = clean.replace(shape, PLACEHOLDER);
      return clean;
    },
  };
}
