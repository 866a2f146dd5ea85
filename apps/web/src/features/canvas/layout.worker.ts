import { type LayoutRequest, layOut } from './lay-out.ts';

// The window's type of `self` would want a target origin; a worker's own has none.
addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly id: number; readonly request: LayoutRequest }>) => {
    postMessage({ id: data.id, places: layOut(data.request) });
  },
);
