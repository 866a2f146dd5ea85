import picomatch from 'picomatch';

/** Whether a project's `approve` patterns let a result in without a person: every path it touches must match one. */
export function approvesWithoutPerson(patterns: readonly string[], paths: readonly string[]): boolean {
  if (patterns.length === 0 || paths.length === 0) return false;
  const matches = picomatch([...patterns], { dot: true, nonegate: true, strictSlashes: true });
  return paths.every((path) => matches(path));
}
