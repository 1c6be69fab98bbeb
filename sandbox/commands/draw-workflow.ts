import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import definition from '../../statemachines/vend-account.asl.json';
import { projectRoot } from '../environment';
import { withPicture } from '../pictures/marked-block';
import { mermaidOf } from '../pictures/mermaid';

/** Draws the workflow anew into docs/architecture.md after the state machine has changed. */
const file = path.join(projectRoot, 'docs/architecture.md');
writeFileSync(file, withPicture(readFileSync(file, 'utf8'), mermaidOf(definition)));
process.stdout.write('docs/architecture.md\n');
