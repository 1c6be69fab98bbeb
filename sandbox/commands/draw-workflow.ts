import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../environment';
import { withPicture } from './pictures/marked-block';
import { mermaidOf } from './pictures/mermaid';
import { workflowPages } from './pictures/workflow-pages';

/** Redraws the workflows in the pages that show them, after a state machine has changed. */
for (const [page, definition] of Object.entries(workflowPages)) {
  const file = path.join(projectRoot, page);
  writeFileSync(file, withPicture(readFileSync(file, 'utf8'), mermaidOf(definition)));
  process.stdout.write(`${page}\n`);
}
