import './marked-text.css';
import { hideMarks } from './hide-marks.ts';
import { showHidden } from './show-hidden.ts';

/** A text as a person typed it; steps for the scripted agent are folded away and stay readable. */
export function MarkedText({ text }: { readonly text: string }) {
  const words = hideMarks(text);
  return (
    <div className="marked-text">
      <p className="marked-text-words">{showHidden(words)}</p>
      {words !== text.trim() && (
        <details>
          <summary>With its steps for the scripted agent</summary>
          <pre tabIndex={0}>{showHidden(text)}</pre>
        </details>
      )}
    </div>
  );
}
