/** The seven stages of a Save as a person sees them, in order. */
export const SAVE_STAGES = ['freeze', 'snapshot', 'merge', 'check', 'publish', 'deliver', 'resume'] as const;
