import type { z } from 'zod';
import { closestName } from './closest-name.ts';
import { knownKeys } from './project-file-schema.ts';

/** One problem of a project file as a person reads it, and where to point; `isKey` points at the name, not the value. */
export interface DescribedIssue {
  readonly path: readonly PropertyKey[];
  readonly isKey: boolean;
  readonly message: string;
}

const EXPECTED: Readonly<Record<string, string>> = {
  array: 'a list',
  record: 'named settings',
  object: 'named settings',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Says what is wrong with one place of the file and what was expected there. */
export function describeIssue(issue: z.core.$ZodIssue): DescribedIssue[] {
  const { path } = issue;
  const at = nameOf(path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], isKey: true, message: unknownKey(key, path) }));
    case 'invalid_type':
      return [
        { path, isKey: false, message: `${at}: expected ${EXPECTED[issue.expected] ?? issue.expected}` },
      ];
    case 'too_small':
      return [{ path, isKey: false, message: `${at}: expected ${atLeast(issue)}` }];
    case 'too_big':
      return [{ path, isKey: false, message: `${at}: expected ${issue.maximum} at most` }];
    case 'invalid_format':
      return [{ path, isKey: false, message: `${at}: expected ${wordsOf(issue.format, path)}` }];
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'invalid_value':
    case 'not_multiple_of':
      return [{ path, isKey: false, message: `${at}: ${issue.message}` }];
  }
}

/** What a text that follows a rule should have been. */
function wordsOf(format: string, path: readonly PropertyKey[]): string {
  if (format === 'url') return 'an address such as https://example.org';
  if (path[0] === 'environments') return 'the name of a branch';
  if (path[0] === 'forge') return 'owner/name';
  return 'up to 40 letters, digits, blanks, dots, dashes or underscores';
}

function atLeast({
  origin,
  minimum,
}: {
  readonly origin: string;
  readonly minimum: number | bigint;
}): string {
  if (origin === 'array') return 'a list with something in it';
  return origin === 'string' ? 'text that is not empty' : `${minimum} at least`;
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const known = knownKeys(path);
  const meant = closestName(key, known);
  const where = path.length === 0 ? '' : ` of ${nameOf(path)}`;
  if (meant !== null) return `${key} is no setting${where}; did you mean ${meant}?`;
  return `${key} is no setting${where}; expected one of ${known.join(', ')}`;
}

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The file';
  return path.reduce<string>((name, step) => {
    if (typeof step === 'number') return `${name}[${step}]`;
    return name === '' ? String(step) : `${name}.${String(step)}`;
  }, '');
}
