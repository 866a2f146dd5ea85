import './frame.css';
import { Outlet } from '@tanstack/react-router';
import { KeysSheet } from './keys-sheet.tsx';
import { StatusLine } from './status-line.tsx';

/** The frame of the first run: the panel alone, and the status line. */
export function BareLayout() {
  return (
    <div className="frame frame-bare">
      <main className="frame-main" id="panel">
        <div className="frame-panel">
          <Outlet />
        </div>
      </main>
      <StatusLine />
      <KeysSheet />
    </div>
  );
}
