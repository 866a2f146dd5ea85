import '../../src/features/tasks/transcript.css';
import type { TranscriptBlock } from '@thalogos/contracts';
import { useEffect, useState } from 'react';
import { Block } from '../../src/features/tasks/block.tsx';
import { useTRPCClient } from '../../src/lib/trpc.ts';
import { VirtualList } from '../../src/ui/virtual-list.tsx';

const PAGE = 2000;

/** Asks for every block before any is shown. */
function useEveryBlock(task: string): readonly TranscriptBlock[] {
  const api = useTRPCClient();
  const [blocks, setBlocks] = useState<readonly TranscriptBlock[]>([]);
  useEffect(() => {
    const ask = async () => {
      const all: TranscriptBlock[] = [];
      for (let more = true; more; ) {
        const page = await api.tasks.transcript.query({ task, after: all.at(-1)?.seq ?? 0, limit: PAGE });
        all.push(...page.blocks);
        more = page.more;
      }
      setBlocks(all);
    };
    void ask();
  }, [api, task]);
  return blocks;
}

/** What one writes first: every block is kept, and with `isDrawn` every block stands in the document. */
export function Peer({ task, isDrawn }: { readonly task: string; readonly isDrawn: boolean }) {
  const blocks = useEveryBlock(task);
  if (blocks.length === 0) return null;
  if (!isDrawn)
    return (
      <VirtualList
        items={blocks}
        label="Transcript"
        estimate={64}
        followsEnd
        keyOf={(block) => block.seq}
        render={(block) => <Block block={block} task={task} isOpen={false} />}
      />
    );
  return (
    <div
      className="virtual-list"
      ref={(box) => {
        if (box !== null) box.scrollTop = box.scrollHeight;
      }}
    >
      {blocks.map((block) => (
        <Block key={block.seq} block={block} task={task} isOpen={false} />
      ))}
    </div>
  );
}
