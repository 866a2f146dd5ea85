import './ansi.css';
import { memo } from 'react';
import { classes } from './classes.ts';
import { type AnsiSpan, parseAnsi } from './parse-ansi.ts';
import { showHidden } from './show-hidden.ts';

function look(span: AnsiSpan): string {
  return classes(
    span.colour !== null && `ansi-${span.colour}`,
    span.ground !== null && `ansi-on-${span.ground}`,
    span.isBold && 'ansi-bold',
    span.isDim && 'ansi-dim',
    span.isItalic && 'ansi-italic',
    span.isUnderlined && 'ansi-under',
    span.isInverse && 'ansi-inverse',
  );
}

/** Terminal output in its colours, as text and nothing but text. */
export const Ansi = memo(function Ansi({ output }: { readonly output: string }) {
  return parseAnsi(output).map((span, index) => (
    // Spans have no identity but their place.
    <span key={index} className={look(span)}>
      {showHidden(span.text)}
    </span>
  ));
});
