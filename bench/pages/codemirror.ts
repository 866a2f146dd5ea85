import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { fetchText, type Viewer } from './viewer.ts';

/** CodeMirror's unified merge view: it draws what is in view, and finds the changes itself. */
export const codemirror: Viewer = {
  show: async (view) => {
    const [before, after] = await Promise.all([fetchText('/before.txt'), fetchText('/after.txt')]);
    const extensions = [
      lineNumbers(),
      EditorView.editable.of(false),
      EditorView.theme({ '&': { height: '100%' }, '.cm-scroller': { overflow: 'auto' } }),
      unifiedMergeView({ original: before, mergeControls: false }),
    ];
    new EditorView({ state: EditorState.create({ doc: after, extensions }), parent: view });
  },
  isShown: (view) => view.querySelector('.cm-changedLine, .cm-deletedChunk') !== null,
};
