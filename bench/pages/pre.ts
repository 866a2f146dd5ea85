import { fetchText, type Viewer } from './viewer.ts';

/** The whole patch as text: less than this nobody can do with all of it. */
export const pre: Viewer = {
  show: async (view) => {
    const box = document.createElement('pre');
    box.textContent = await fetchText('/change.patch');
    view.append(box);
  },
  isShown: (view) => view.firstElementChild !== null,
};
