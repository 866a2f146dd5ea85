import type { CheckLog as Log, SaveView } from '@thalogos/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { saveText } from '../../lib/save-text.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { parseAnsi } from '../../ui/parse-ansi.ts';
import { toastError } from '../../ui/toast.tsx';
import { logLabel } from './save-view.ts';

/** How much of the end is read, in bytes, and how often while it grows, in ms. */
const TAIL_BYTES = 64 * 1024;
const LOOK_MS = 1_500;

/** What a terminal shows, without its colours. */
function plainText(output: string): string {
  return parseAnsi(output)
    .map((span) => span.text)
    .join('');
}

/** The end of what a check has put out, as it grows, in its colours; the whole of it can be taken along as text. */
export function CheckLog({
  save,
  check,
  maxHeight = 220,
}: {
  readonly save: string;
  readonly check: Pick<SaveView['checks'][number], 'name' | 'state' | 'log'>;
  readonly maxHeight?: number;
}) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { name, state } = check;
  const given = { save, check: name };
  const query = useQuery({
    ...trpc.saves.log.queryOptions({ ...given, tail: TAIL_BYTES }, { enabled: state !== 'pending' }),
    refetchInterval: state === 'active' ? LOOK_MS : false,
  });
  const whole = useMutation({
    mutationFn: () => client.fetchQuery({ ...trpc.saves.log.queryOptions(given), staleTime: 0 }),
    onSuccess: ({ text }: Log) => saveText(`${name}.log`, plainText(text)),
    onError: (error) => toastError(`The log of ${name} could not be read.`, error),
  });
  // Until the log is read, or where it is gone, what came with the result is shown.
  const text = query.data?.text ?? check.log;
  return (
    <div className="save-log">
      <CodeBlock
        label={logLabel(name, query.data)}
        text={text === '' ? 'No output yet.' : text}
        maxHeight={maxHeight}
        showsEnd
      />
      {query.data !== undefined && query.data.size > 0 && (
        <Button size="sm" variant="ghost" busy={whole.isPending} onClick={() => whole.mutate()}>
          <Download size={12} aria-hidden /> Whole log as text
        </Button>
      )}
    </div>
  );
}
