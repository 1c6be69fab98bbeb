import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder;

const removeFolder = () => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
};
process.once('exit', removeFolder);

/**
 * Makes the folder for the templates that the files of one run share. It is empty at first and belongs to this process
 * and its workers, so that no template outlives the sources that it was made of.
 */
export default function templatesOfRun() {
  removeFolder();
  folder = mkdtempSync(path.join(tmpdir(), 'account-vending-templates-'));
  process.env.TEMPLATES_OF_RUN = `${process.pid}:${folder}`;
}
