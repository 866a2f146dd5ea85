/** The part of a keyboard event that says what was pressed. */
export interface KeyEvent {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  getModifierState(name: string): boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  Enter: 'enter',
  Escape: 'escape',
  ' ': 'space',
  Backspace: 'backspace',
  Delete: 'delete',
  Home: 'home',
  End: 'end',
  PageUp: 'pageup',
  PageDown: 'pagedown',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The Latin letter of a press: as typed, else where that letter sits on a keyboard of another script. */
function letterOf({ key, code, altKey }: KeyEvent): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isOther = /^\p{L}$/u.test(key) || altKey || key === 'Dead';
  return isOther ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null) : null;
}

/** A sign or a figure is known by what is typed: whatever Shift and AltGr it takes on this layout is part of it. */
function signOf({ key }: KeyEvent): string | null {
  if (key === '+') return 'plus';
  if (key === '>') return 'greater';
  return /^[^\p{L}\s]$/u.test(key) ? key : null;
}

/** The modifiers that count: AltGr, which some systems call Ctrl and Alt, only types a sign. */
function modifiersOf(event: KeyEvent, isMac: boolean) {
  const isAltGr = event.getModifierState('AltGraph') || (event.ctrlKey && event.altKey);
  const isAlt = event.altKey && !isAltGr;
  return isMac
    ? { isMod: event.metaKey, isAlt, isOther: event.ctrlKey }
    : { isMod: event.ctrlKey && !isAltGr, isAlt, isOther: event.metaKey };
}

function nameOf(event: KeyEvent): string | null {
  const { key } = event;
  return NAMED[key] ?? (/^F\d{1,2}$/.test(key) ? key.toLowerCase() : letterOf(event));
}

/**
 * What was pressed, in the registry's words: `j`, `shift+a`, `mod+k`, `?`, `escape`; null for a press that is the
 * browser's, the system's or a mere modifier. `mod` is Cmd on a Mac and Ctrl elsewhere.
 */
export function pressOf(event: KeyEvent, isMac: boolean): string | null {
  const { isMod, isAlt, isOther } = modifiersOf(event, isMac);
  if (isOther) return null;
  const mod = isMod ? 'mod+' : '';
  const sign = isAlt ? null : signOf(event);
  if (sign !== null) return `${mod}${sign}`;
  const name = nameOf(event);
  return name === null ? null : `${mod}${isAlt ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}${name}`;
}
