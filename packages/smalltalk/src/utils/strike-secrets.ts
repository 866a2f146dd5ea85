const SECRET_NAMES = /pass(word|phrase)|secret|token|api.?key|authorization|credential|private.?key|cookie/i;
const SECRET_TEXTS =
  /\b(?:sk|gsk|ghp|gho|xox[abp]|AIza|AKIA)[-_A-Za-z0-9]{12,}|\bBearer\s+[-._~+/A-Za-z0-9]{8,}=*|-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----/g;

/** A copy in which values under names such as `password`, and texts that look like keys, are struck out. */
export function strikeSecrets(value: unknown, depth = 8): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXTS, '***');
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => strikeSecrets(item, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      SECRET_NAMES.test(name) ? '***' : strikeSecrets(field, depth - 1),
    ]),
  );
}
