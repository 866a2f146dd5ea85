import './menu.css';
import { lazy, Suspense } from 'react';
import type { MenuProps } from './menu-props.ts';

const Body = lazy(async () => ({ default: (await import('./menu-body.tsx')).MenuBody }));

/** A menu behind one button; arrow keys, type-ahead and Escape come with it. Until it is loaded only the button is there. */
export function Menu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <Body {...props} />
    </Suspense>
  );
}
