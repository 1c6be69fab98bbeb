import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A console on AWS, as it is asked for on the command line. */
export const CONSOLE_CONTEXT = {
  console: 'true',
  consoleSamlMetadataUrl: 'https://portal.sso.eu-central-1.amazonaws.com/saml/metadata/MTExMTExMTExMTEx',
  consoleViewerGroup: '03a4a8c2-0000-7000-8000-00000000000a',
  consoleOperatorGroup: '03a4a8c2-0000-7000-8000-00000000000b',
} as const;

/** The same, with a page that stands for the built one. */
export function withPageIn(folder: string): typeof CONSOLE_CONTEXT & { readonly consoleBundle: string } {
  const consoleBundle = path.join(folder, 'console');
  mkdirSync(path.join(consoleBundle, 'assets'), { recursive: true });
  writeFileSync(path.join(consoleBundle, 'index.html'), '<html></html>');
  return { ...CONSOLE_CONTEXT, consoleBundle };
}
