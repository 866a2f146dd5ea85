import './kbd.css';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
const shown: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  enter: '↵',
  escape: 'Esc',
  shift: '⇧',
};

/** One key or a chord such as `mod+s` or `g then m`, as it is printed on this machine's keyboard. */
export function Kbd({ children }: { readonly children: string }) {
  const isChord = children.length > 1 && children.includes('+');
  const keys = children.split(isChord ? /\+|\s+/ : /\s+/).filter((key) => key !== '' && key !== 'then');
  return (
    <span className="kbd-keys">
      {keys.map((key, index) => (
        // The same key may come twice, as in g g.
        <kbd className="kbd" key={index}>
          {shown[key.toLowerCase()] ?? (isChord && key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
