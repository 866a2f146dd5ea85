import type { TranscriptBlock } from '@thalogos/contracts';
import { BookOpen, PencilLine, SquareTerminal, Wrench } from 'lucide-react';
import { formatNoun } from '../../lib/format.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { LineCounts } from '../../ui/line-counts.tsx';
import { countUnified } from '../../ui/parse-unified.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { UnifiedDiff } from '../../ui/unified-diff.tsx';
import { BlockFrame } from './block-frame.tsx';
import { OpenFile } from './open-file.tsx';

function Status({ block }: { readonly block: TranscriptBlock }) {
  if (block.status === 'active') return <StateIcon look="running" size={12} />;
  if (block.status === 'denied') return <span className="f11 exit-bad">denied</span>;
  if (block.exitCode !== null)
    return (
      <span className={block.exitCode === 0 ? 'mono f11 exit-good' : 'mono f11 exit-bad'}>
        exit {block.exitCode}
      </span>
    );
  return block.status === 'failed' ? <span className="f11 exit-bad">failed</span> : null;
}

/** How much there is of an output: its lines, or its true size where only a part of it is here. */
function outputSize({ output, cut }: TranscriptBlock): string {
  if (cut !== undefined) return `${formatNoun(cut.output, 'character')}, the last of them`;
  return formatNoun((output ?? '').trimEnd().split('\n').length, 'line');
}

interface Open {
  readonly block: TranscriptBlock;
  readonly isOpen: boolean;
}

/** A command with its output in colour and its exit code; an output that went well is folded. */
export function CommandBlock({ block, isOpen }: Open) {
  const hasOutput = block.output !== null && block.output.trim() !== '';
  const isBad = block.status === 'failed' || (block.exitCode !== null && block.exitCode !== 0);
  return (
    <BlockFrame icon={<SquareTerminal size={14} aria-hidden />} at={block.at}>
      <span className="row" style={{ alignItems: 'baseline' }}>
        <span className="block-title mono">{block.text}</span>
        <Status block={block} />
      </span>
      {hasOutput && (
        <details className="block-fold" open={isOpen || isBad || block.status === 'active'}>
          <summary>Output, {outputSize(block)}</summary>
          <CodeBlock text={block.output ?? ''} maxHeight={280} showsEnd={block.status === 'active'} />
        </details>
      )}
    </BlockFrame>
  );
}

/** An edit with its diffs. */
export function EditBlock({ block }: { readonly block: TranscriptBlock }) {
  return (
    <BlockFrame icon={<PencilLine size={14} aria-hidden />} at={block.at}>
      {block.diffs.length === 0 && (
        <span className="row">
          <span className="block-title mono">{block.text}</span>
          <Status block={block} />
        </span>
      )}
      {block.diffs.map((diff, index) => (
        <div key={`${index} ${diff.path}`} className="col">
          <span className="row">
            <span className="block-title mono">{diff.path}</span>
            <LineCounts {...countUnified(diff.unified)} />
            <OpenFile path={diff.path} patch={diff.unified} />
            <Status block={block} />
          </span>
          <UnifiedDiff patch={diff.unified} label={`Diff of ${diff.path}`} />
        </div>
      ))}
    </BlockFrame>
  );
}

/** Something read or another tool used, with what it gave folded away. */
export function ToolBlock({ block, isOpen }: Open) {
  const Icon = block.kind === 'read' ? BookOpen : Wrench;
  return (
    <BlockFrame icon={<Icon size={14} aria-hidden />} at={block.at}>
      <span className="row">
        <span className="block-title mono t2">{block.text}</span>
        <Status block={block} />
      </span>
      {block.output !== null && block.output !== '' && (
        <details className="block-fold" open={isOpen}>
          <summary>What it gave</summary>
          <CodeBlock text={block.output} maxHeight={240} />
        </details>
      )}
    </BlockFrame>
  );
}
