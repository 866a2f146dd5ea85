/** Where a repository keeps its settings for Thalogos. */
export const PROJECT_FILE = '.thalogos/config.yaml';
