import { ValidationError } from './errors.ts';

/**
 * The JSON of a value; what JSON leaves out altogether (`undefined`, a function) becomes `null`.
 *
 * @throws ValidationError naming `field` when the value can't be written, for example because it contains itself.
 */
export function toJson(value: unknown, field: string): string {
  try {
    // Typed as string by the library, yet undefined for a value that JSON has no word for.
    const json: string | undefined = JSON.stringify(value);
    return json ?? 'null';
  } catch (cause) {
    throw new ValidationError(`The ${field} cannot be written as JSON`, [field], cause);
  }
}

/** The object that a JSON text holds; a text that holds anything else is a fault in the storage. */
export function parseRecord(json: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null)
    throw new TypeError(`Expected a JSON object, found ${json}`);
  return { ...value };
}
