import type { Viewer } from './viewer.ts';

// Each is a file of its own, so that none pays for reading another one's program.
const viewers: Readonly<Record<string, () => Promise<Viewer>>> = {
  ours: async () => (await import('./ours.tsx')).ours,
  'ours-from-git': async () => (await import('./ours.tsx')).oursFromGit,
  pre: async () => (await import('./pre.ts')).pre,
  codemirror: async () => (await import('./codemirror.ts')).codemirror,
  'react-diff-view': async () => (await import('./react-diff-view.tsx')).reactDiffView,
  pierre: async () => (await import('./pierre.tsx')).pierre,
};

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Milliseconds from asking for the change to the first lines that have been painted. */
async function measure(viewer: Viewer, view: HTMLElement): Promise<number> {
  const begun = performance.now();
  await viewer.show(view);
  while (!viewer.isShown(view)) await frame();
  // The frame after the one that holds them begins when they have been painted.
  await frame();
  await frame();
  return performance.now() - begun;
}

const name = new URLSearchParams(location.search).get('viewer') ?? '';
const view = document.querySelector<HTMLElement>('#view');
const load = viewers[name];
if (load !== undefined && view !== null) {
  const viewer = await load();
  Object.assign(globalThis, { measure: () => measure(viewer, view) });
}
