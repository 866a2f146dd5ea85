import './code-block.css';
import { Check, Copy } from 'lucide-react';
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { Ansi } from './ansi.tsx';
import { classes } from './classes.ts';
import { IconButton } from './icon-button.tsx';

function CopyButton({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <IconButton
      className="code-block-copy"
      size="sm"
      label={copied ? 'Copied' : 'Copy'}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      {copied ? <Check size={12} aria-hidden /> : <Copy size={12} aria-hidden />}
    </IconButton>
  );
}

/** A command, a log or a file as a machine said it, with a copy button; `maxHeight` in px, after which it scrolls; `showsEnd` begins at the end. */
export function CodeBlock({
  text,
  label,
  maxHeight = 320,
  wraps = false,
  showsEnd = false,
}: {
  readonly text: string;
  readonly label?: string;
  readonly maxHeight?: number;
  readonly wraps?: boolean;
  readonly showsEnd?: boolean;
}) {
  const style: CSSProperties = { maxHeight };
  const body = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    if (showsEnd) body.current?.scrollTo({ top: body.current.scrollHeight });
  }, [showsEnd, text]);
  return (
    <div className={classes('code-block', wraps && 'code-block-wraps')}>
      {label !== undefined && (
        <div className="code-block-head">
          <span className="grow cut">{label}</span>
          <CopyButton text={text} />
        </div>
      )}
      {/* What scrolls must be reachable by keyboard. */}
      <pre ref={body} className="code-block-body" style={style} tabIndex={0} aria-label={label ?? 'Output'}>
        <Ansi output={text} />
      </pre>
      {label === undefined && <CopyButton text={text} />}
    </div>
  );
}
