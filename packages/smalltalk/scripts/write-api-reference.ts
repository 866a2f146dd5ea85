import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from './describe-api.ts';

// Writes docs/smalltalk/api.md from the declarations and their docstrings.
writeFileSync(join(import.meta.dirname, '../../../docs/smalltalk/api.md'), describeApi());
