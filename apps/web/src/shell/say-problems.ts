/** What is wrong at one place of a project file. */
interface Problem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** The first error of a project file with its place, and how many there are besides; null where all is well. */
export function sayProblems(problems: readonly Problem[]): string | null {
  const [first] = problems;
  if (first === undefined) return null;
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`;
  return `${first.file}, line ${first.line}: ${first.message}${others}`;
}
