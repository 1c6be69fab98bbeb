import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';

interface Given {
  readonly fromMeshstack: readonly string[];
  readonly platform?: string;
  readonly folder?: string;
  readonly json?: boolean;
}

export const initCommand = (session: Session): Command =>
  described('init', {
    summary: 'write a first configuration from meshStack’s own',
    notes:
      'Writes platform.json and landing-zones/, and overwrites nothing. Lists with the reason what has no counterpart, and what is still to be filled in.',
    examples: ['account-vending init --from-meshstack platform.json landing-zones.json --folder my-config'],
    exitCodes: { 1: 'written, but something has to be filled in before it can be deployed' },
  })
    .requiredOption(
      '--from-meshstack <file...>',
      'a file with a meshPlatform or meshLandingZones, as meshStack’s API answers them; can be given several times',
    )
    .option('--platform <name>', 'the platform, where the files have several')
    .option('--folder <folder>', 'where to write (default: config-from-meshstack)')
    .addOption(jsonOption())
    .action(
      acting(session, async ({ fromMeshstack: files, platform, folder, json = false }: Given) => {
        const { init } = await import('../../operator/from-meshstack/init');
        return init({ files, platform, folder: folder ?? 'config-from-meshstack', json }, session.context.print);
      }),
    );
