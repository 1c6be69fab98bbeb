import type { Command } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { jsonOption } from './common';

interface Given {
  readonly platform?: string;
  readonly landingZones?: string;
}

export const planCommand = (session: Session): Command =>
  described('plan', {
    summary: 'print what a run would set up for a desired state, without AWS',
    notes: 'The plan is JSON. Everything that is wrong with the desired state and the configuration is said at once.',
    examples: [
      'npx account-vending plan sandbox/examples/webshop-dev.json',
      'npx account-vending plan order.json --platform config/platform.json --landing-zones config/landing-zones',
    ],
  })
    .argument('<file>', 'the file that holds the desired state, or an event with one as its detail')
    .option('--platform <file>', 'platform.json (default: the one of the local AWS)')
    .option('--landing-zones <folder>', 'the landing zones (default: those of the local AWS)')
    .addOption(jsonOption('print errors as a problem (RFC 9457); the plan is JSON without it, too'))
    .action(
      acting(session, async (file: string, { platform, landingZones }: Given) => {
        const { plan } = await import('../../sandbox/commands/plan');
        session.context.print(plan({ file, platform, landingZones }));
        return 0;
      }),
    );
