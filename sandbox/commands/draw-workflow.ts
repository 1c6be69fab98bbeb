import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import definition from '../../statemachines/vend-account.asl.json';
import { projectRoot } from '../environment';
import { withPicture } from '../pictures/marked-block';
import { mermaidOf } from '../pictures/mermaid';

/** Draws the workflow anew into the pages that show it, after the state machine has changed. */
for (const page of ['README.md', 'docs/architecture.md']) {
  const file = path.join(projectRoot, page);
  writeFileSync(file, withPicture(readFileSync(file, 'utf8'), mermaidOf(definition)));
  process.stdout.write(`${page}\n`);
}
