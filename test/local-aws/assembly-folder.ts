import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Before all files of a run: the folder of what they share, which the first that needs it fills. */
export default function makeAssemblyFolder(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-assembly-'));
  process.env['SHARED_ASSEMBLY'] = path.join(folder, 'assembly');
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
}
