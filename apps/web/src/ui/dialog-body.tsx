import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import { classes } from './classes.ts';
import type { DialogProps } from './dialog-props.ts';
import { IconButton } from './icon-button.tsx';

/** The working dialog of `dialog.tsx`. */
export function DialogBody({
  isOpen,
  onClose,
  title,
  isBare = false,
  isWide = false,
  foot,
  children,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  // What one came to write in takes the focus; never a button, so that Enter decides nothing by itself.
  const firstField = () => popup.current?.querySelector<HTMLElement>('textarea, input') ?? popup.current;
  const leave = () => {
    // The dialog's field would keep the focus until it is gone, and with it the next key that is pressed.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && popup.current?.contains(activeElement)) activeElement.blur();
    onClose();
  };
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && leave()}>
      <Base.Portal>
        <Base.Backdrop className="dialog-veil" />
        <Base.Popup
          ref={popup}
          initialFocus={firstField}
          className={classes('dialog', isWide && 'dialog-wide', isBare && 'dialog-bare')}
        >
          {isBare ? (
            <Base.Title className="sr">{title}</Base.Title>
          ) : (
            <div className="dialog-head">
              <Base.Title className="dialog-title">{title}</Base.Title>
              <IconButton label="Close" size="sm" keys="escape" onClick={leave}>
                <X size={14} aria-hidden />
              </IconButton>
            </div>
          )}
          <div className="dialog-body">{children}</div>
          {foot !== undefined && <div className="dialog-foot">{foot}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
