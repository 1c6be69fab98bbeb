import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Writes a folder as operators keep it. Anyone who makes it removes it. */
export function makeConfigurationFolder(platform: object, landingZones: readonly { readonly name: string }[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-configuration-'));
  mkdirSync(path.join(folder, 'landing-zones'));
  write(path.join(folder, 'platform.json'), platform);
  for (const landingZone of landingZones) {
    write(path.join(folder, 'landing-zones', `${landingZone.name}.json`), landingZone);
  }
  return folder;
}

function write(file: string, content: object): void {
  writeFileSync(file, JSON.stringify(content, null, 2));
}
