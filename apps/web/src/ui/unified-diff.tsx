import './unified-diff.css';
import { memo } from 'react';
import { classes } from './classes.ts';
import { showHidden } from './show-hidden.ts';
import { parseUnified, type UnifiedLine } from './parse-unified.ts';

const signs = { context: '', added: '+', removed: '−', hunk: '' } as const;

function Line({ line }: { readonly line: UnifiedLine }) {
  if (line.kind === 'hunk') return <div className="unified-hunk">{showHidden(line.text)}</div>;
  return (
    <div className={classes('unified-line', line.kind !== 'context' && `unified-${line.kind}`)}>
      <span className="unified-number">{line.before}</span>
      <span className="unified-number">{line.after}</span>
      <span className="unified-sign">{signs[line.kind]}</span>
      <span>{showHidden(line.text)}</span>
    </div>
  );
}

interface UnifiedDiffProps {
  readonly patch: string;
  readonly label: string;
  /** In px, after which it scrolls. */
  readonly maxHeight?: number;
  /** At most this many lines are drawn; how many are left is said. */
  readonly limit?: number;
}

/** A short diff inside something else; a whole change is looked at in Review. */
export const UnifiedDiff = memo(function UnifiedDiff({
  patch,
  label,
  maxHeight = 260,
  limit = 400,
}: UnifiedDiffProps) {
  const lines = parseUnified(patch);
  return (
    <div className="unified" style={{ maxHeight }} role="group" aria-label={label} tabIndex={0}>
      <div className="unified-inner">
        {lines.slice(0, limit).map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </div>
      {lines.length > limit && <div className="unified-rest">and {lines.length - limit} more lines</div>}
    </div>
  );
});
