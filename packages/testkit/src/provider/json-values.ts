/** What is an object, else an empty one: a vendor's request is read as far as it can be. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** What is a list, else an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What is text, else none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Words, as a model streams them. */
export function pieces(text: string): readonly string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? [text];
}
