import type { RollbackPreview } from '@thalogos/contracts';
import { formatSequence } from '../../lib/format.ts';
import { classes } from '../../ui/classes.ts';
import { restorePath } from './timeline-view.ts';

/** A drawing of a restore: from what, over what, to a new checkpoint. History only grows. */
export function RestorePath({ preview }: { readonly preview: RollbackPreview }) {
  const stops = restorePath(preview.tag, preview.checkpoints);
  return (
    <div
      className="restore-path"
      role="img"
      aria-label={`${formatSequence(preview.tag)} is brought back as a new checkpoint`}
    >
      {stops.map((stop, index) => (
        <div key={stop.tag} style={{ display: 'contents' }}>
          {index > 0 && <span className="restore-way" />}
          <span
            className={classes('restore-stop', index === 0 ? 'restore-stop-target' : 'restore-stop-gone')}
          >
            <i />
            <b>{formatSequence(stop.tag)}</b>
            {index > 0 && index === stops.length - 1 && <em>main now</em>}
            {stop.isCut && index < stops.length - 1 && <em>and more</em>}
          </span>
        </div>
      ))}
      <span className="restore-way restore-way-new" />
      <span className="restore-stop restore-stop-new">
        <i />
        <b>new</b>
        <em style={{ right: -12 }}>same files as {formatSequence(preview.tag)}</em>
      </span>
    </div>
  );
}
