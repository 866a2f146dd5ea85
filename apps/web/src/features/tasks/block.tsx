import type { TranscriptBlock } from '@thalogos/contracts';
import { Brain, CircleCheck, Info, ListChecks, MessageSquareText, OctagonX, User } from 'lucide-react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { AskBlock } from './ask-block.tsx';
import { BlockFrame } from './block-frame.tsx';
import { CommandBlock, EditBlock, ToolBlock } from './tool-blocks.tsx';

function Told({ block }: { readonly block: TranscriptBlock }) {
  return (
    <BlockFrame icon={<User size={14} aria-hidden />} at={block.at} tone="input">
      <b className="f12">Told</b>
      <MarkedText text={block.text} />
    </BlockFrame>
  );
}

interface Open {
  readonly block: TranscriptBlock;
  /** Nothing of it stays folded: what is looked for is in it, or all of it was asked for. */
  readonly isOpen: boolean;
}

function Thought({ block, isOpen }: Open) {
  return (
    <BlockFrame icon={<Brain size={14} aria-hidden />} at={block.at}>
      <details className="block-fold" open={isOpen}>
        <summary>Thought</summary>
        <Markdown text={block.text} />
      </details>
    </BlockFrame>
  );
}

/** Something of ours for a person to know, or what a vendor said that nobody knows yet, folded as it came. */
function Raw({ block, isOpen }: Open) {
  const { text, output } = block;
  return (
    <BlockFrame icon={<Info size={14} aria-hidden />} at={block.at}>
      <span className={output === null ? 'block-title t2' : 'block-title t3'}>{text}</span>
      {output !== null && output !== '' && (
        <details className="block-fold" open={isOpen}>
          <summary>As it came</summary>
          <CodeBlock text={output} maxHeight={240} wraps />
        </details>
      )}
    </BlockFrame>
  );
}

/** One block of a transcript, by its kind. What an agent wrote is text, never markup that runs. */
export function Block({ block, task, isOpen }: Open & { readonly task: string }) {
  switch (block.kind) {
    case 'input':
      return <Told block={block} />;
    case 'text':
      return (
        <BlockFrame icon={<MessageSquareText size={14} aria-hidden />} at={block.at}>
          <Markdown text={block.text} />
        </BlockFrame>
      );
    case 'thought':
      return <Thought block={block} isOpen={isOpen} />;
    case 'plan':
      return (
        <BlockFrame icon={<ListChecks size={14} aria-hidden />} at={block.at}>
          <span className="block-plan">{block.text}</span>
        </BlockFrame>
      );
    case 'command':
      return <CommandBlock block={block} isOpen={isOpen} />;
    case 'edit':
      return <EditBlock block={block} />;
    case 'read':
    case 'tool':
      return <ToolBlock block={block} isOpen={isOpen} />;
    case 'question':
    case 'approval':
      return <AskBlock block={block} task={task} />;
    case 'error':
      return (
        <BlockFrame icon={<OctagonX size={14} aria-hidden />} at={block.at} tone="error">
          <span className="block-title">{block.text}</span>
        </BlockFrame>
      );
    case 'end':
      return (
        <BlockFrame icon={<CircleCheck size={14} aria-hidden />} at={block.at}>
          <span className="block-title t2">{block.text}</span>
        </BlockFrame>
      );
    case 'usage':
    case 'raw':
      return <Raw block={block} isOpen={isOpen} />;
  }
}
