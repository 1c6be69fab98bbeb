import { type Command, Option } from 'commander';

import type { ReplaysOptions } from '../../operator/vendings/replay-vendings';
import { asker } from '../asker';
import { described } from '../described';
import { acting, type Session } from '../session';
import { usageError } from '../usage-error';
import { oneOf, since } from '../values';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption } from './common';

const UUID = '7d0c1b1e-0000-4000-8000-000000000001';

interface ReplayGiven extends ApiGiven {
  readonly status?: 'FAILED' | 'SHADOWED';
  readonly workspace?: string;
  readonly project?: string;
  readonly landingZone?: string;
  readonly error?: string;
  readonly since?: Date;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const replayCommand = (session: Session): Command =>
  described('replay', {
    summary: 'let a vending that has failed go on, or all that fit',
    notes:
      'Without a tenant it shows first what would become of each, and asks. Where nobody can be asked, --yes agrees.',
    examples: [
      `npx account-vending vendings replay ${UUID}`,
      'npx account-vending vendings replay --error TransientError --since 12h --dry-run',
      'npx account-vending vendings replay --landing-zone aws-dev --yes --json',
    ],
    exitCodes: { 1: 'some were not replayed; each says why' },
  })
    .argument('[tenant]', "the tenant's uuid, as `npx account-vending vendings list` shows it")
    .addOption(
      new Option('--status <status>', 'all that have failed, or all shadowed tenants (default: FAILED)').argParser(
        oneOf(['FAILED', 'SHADOWED']),
      ),
    )
    .option('--error <error>', 'all whose last run has failed by this error, such as TransientError')
    .option('--landing-zone <name>', 'all of this landing zone that have failed')
    .option('--workspace <workspace>', 'all of this workspace')
    .option('--project <project>', 'all of projects with this identifier')
    .addOption(
      new Option('--since <time>', 'all that have failed since: 7d, 12h, 30m or an instant').argParser(
        since(() => session.context.now()),
      ),
    )
    .option('--dry-run', 'only show what would become of each')
    .option('--yes', 'replay them without a question')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (tenantUuid: string | undefined, given: ReplayGiven, command: Command) => {
        const { json = false, api, dryRun = false, yes = false, ...filters } = given;
        const isNarrowed = Object.keys(filters).length > 0;
        refuseUnclear(command, tenantUuid !== undefined, isNarrowed, dryRun || yes);
        const apiUrl = await requiredApi(api);
        if (tenantUuid !== undefined) {
          const { replayVending } = await import('../../operator/vendings/replay-vending');
          return replayVending({ json, tenantUuid, apiUrl }, session.context);
        }
        const { replayVendings } = await import('../../operator/vendings/replay-vendings');
        const agrees = yes ? (): Promise<boolean> => Promise.resolve(true) : askedAtTerminal();
        return replayVendings({ json, apiUrl, dryRun, agrees, ...filters }, session.context);
      }),
    );

/** Nothing is replayed by a word that was forgotten. */
function refuseUnclear(command: Command, namesTenant: boolean, isNarrowed: boolean, isBulk: boolean): void {
  if (namesTenant && (isNarrowed || isBulk)) {
    throw usageError(command, 'A tenant is replayed alone. Leave out the tenant, or the other options.');
  }
  if (namesTenant || isNarrowed) return;
  const options = '--error, --landing-zone, --workspace, --project, --since';
  throw usageError(command, `No tenant given. Add one, or say which: ${options}, or --status FAILED for all.`);
}

function askedAtTerminal(): ReplaysOptions['agrees'] {
  const asking = asker();
  if (asking === undefined) return undefined;
  return async (count) => {
    const answer = await asking.ask(`Replay ${count === 1 ? 'this one' : `these ${count}`}? yes or no`, 'no');
    asking.close();
    return /^y(es)?$/iu.test(answer);
  };
}
