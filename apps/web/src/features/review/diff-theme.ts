import { registerCustomCSSVariableTheme } from '@pierre/diffs';

/** The name of the diff's colours: our own tokens, so that one theme serves light and dark. */
export const DIFF_THEME = 'thalogos';

registerCustomCSSVariableTheme(DIFF_THEME, {});
