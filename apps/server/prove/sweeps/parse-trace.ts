/** One system call of a trace, as it can be found again in another run of the same command. */
export interface Step {
  /** Name of the system call. */
  readonly call: string;
  /** How many calls of this name its process had made, this one included. */
  readonly nth: number;
  /** Whether a process made it that the traced one had started. */
  readonly isChild: boolean;
  /** Its arguments as strace shows them. */
  readonly text: string;
}

const LINE = /^(?:(\d+)\s+)?([a-z]\w*)\((.*)/;

/** Reads what `strace -f -qq -o` wrote, `execve` among what it was to trace: the first line shows who is the parent. */
export function parseTrace(trace: string): readonly Step[] {
  const counts = new Map<string, number>();
  const lines = trace.split('\n').map((line) => LINE.exec(line));
  const first = lines.find((line) => line !== null)?.[1];
  return lines
    .filter((line) => line !== null && line[2] !== 'execve')
    .map((line) => {
      const [, pid = '', call = '', text = ''] = line ?? [];
      const nth = (counts.get(`${pid} ${call}`) ?? 0) + 1;
      counts.set(`${pid} ${call}`, nth);
      return { call, nth, isChild: pid !== (first ?? ''), text };
    });
}
