import type { ErrorBody } from '@thalogos/contracts';
import type { CommandResult } from '../command.ts';

/** The one place that writes to the terminal. */
export interface Printer {
  readonly isJson: boolean;
  readonly result: (result: CommandResult) => Promise<void>;
  readonly failure: (body: ErrorBody) => Promise<void>;
  readonly progress: (line: string) => void;
  readonly write: (line: string) => void;
}

/** Where it is printed, and for whom. */
export interface PrinterOptions {
  readonly isJson: boolean;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
}

/** Prints one object for programs, text for people; progress only where a person looks. */
export function makePrinter({ isJson, out, err }: PrinterOptions): Printer {
  // Whoever reads may stop reading (`thalogos timeline | head`), which is no fault.
  for (const stream of [out, err]) stream.on('error', () => undefined);
  const print = (stream: NodeJS.WriteStream, text: string) => {
    const line = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    return new Promise<void>((resolve) => stream.write(line, () => resolve()));
  };
  return {
    isJson,
    result: async ({ json, text }) => {
      if (json !== null) await print(out, isJson ? JSON.stringify(json) : printable(text));
    },
    failure: (body) =>
      isJson ? print(out, JSON.stringify({ error: body })) : print(err, printable(sayFailure(body))),
    progress: (line) => {
      if (err.isTTY) err.write(`${printable(line)}\n`);
    },
    write: (line) => {
      out.write(`${line}\n`);
    },
  };
}

function sayFailure({ message, hint, details }: ErrorBody): string {
  const problems = problemsIn(details).map((problem) => `  ${problem}`);
  return [message, ...problems, ...(hint === null ? [] : [hint])].join('\n');
}

/** Problems of a goal or of a project file, one line each. */
function problemsIn(details: unknown): string[] {
  if (
    typeof details !== 'object' ||
    details === null ||
    !('problems' in details) ||
    !Array.isArray(details.problems)
  )
    return [];
  return details.problems.flatMap((problem: unknown) => {
    if (typeof problem !== 'object' || problem === null || !('message' in problem)) return [];
    const line = 'line' in problem ? `line ${String(problem.line)}: ` : '';
    return [`${line}${String(problem.message)}`];
  });
}

/** Agents write what they like; a terminal must not obey it. Colours and tabs are lost with it. */
function printable(text: string): string {
  return text.replaceAll(/(?![\n\t])\p{Cc}/gu, '');
}
