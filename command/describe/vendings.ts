import { type Command, Option } from 'commander';

import { VendingStatusSchema } from '../../functions/domain/records/ledger-records';
import { described, group } from '../described';
import { acting, patiently, type Session } from '../session';
import { oneOf, since } from '../values';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption, reasonOption } from './common';
import { replayCommand } from './replay';
import { actCommand, exportCommand, shadowCommand, shadowedCommand } from './vendings-in-a-pilot';
import { deadLettersCommand, erasePersonCommand, rebuildCommand } from './vendings-in-a-stack';

export const vendingsCommand = (session: Session): Command =>
  group('vendings', DESCRIPTION, [
    listCommand(session),
    showCommand(session),
    replayCommand(session),
    stopCommand(session),
    decisionCommand('approve', 'let the run of a tenant that waits for approval go on', session),
    decisionCommand('reject', 'end the run of a tenant that waits for approval', session),
    adoptCommand(session),
    shadowedCommand(session),
    actCommand(session),
    shadowCommand(session),
    exportCommand(session),
    deadLettersCommand(session),
    rebuildCommand(session),
    reindexCommand(session),
    erasePersonCommand(session),
  ]);

const DESCRIPTION = {
  summary: 'see vendings, and act on them',
  notes:
    'Most commands speak with the API, signed with the credentials that every AWS command finds. dead-letters, rebuild and erase-person work on ' +
    'the queues and the ledger of the stack.',
  examples: [
    'npx account-vending vendings list --status FAILED',
    'npx account-vending vendings show TENANT_UUID --watch',
  ],
};

const TENANT = ['<tenant>', "the tenant's uuid, as `npx account-vending vendings list` shows it"] as const;
const UUID = '7d0c1b1e-0000-4000-8000-000000000001';

const listCommand = (session: Session): Command =>
  described('list', {
    summary: 'list the newest vendings',
    examples: [
      'npx account-vending vendings list --status FAILED --json',
      'npx account-vending vendings list --workspace retail --since 7d --all',
    ],
  })
    .addOption(
      new Option('--status <status>', 'only those of this status').argParser(oneOf(VendingStatusSchema.options)),
    )
    .option('--account <id>', 'only the tenant of this account')
    .option('--email <email>', 'only the tenant whose account has this e-mail')
    .option('--workspace <workspace>', 'only tenants of this workspace')
    .option('--project <project>', 'only tenants of projects with this identifier')
    .option('--landing-zone <name>', 'only tenants of this landing zone')
    .option('--error <error>', 'only tenants whose last run has failed by this error, such as RejectedError')
    .addOption(
      new Option('--since <time>', 'only those whose status has changed since: 7d, 12h, 30m or an instant').argParser(
        since(() => session.context.now()),
      ),
    )
    .option('--all', 'all of them, not the first page alone')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async ({ json = false, all = false, api, ...filters }: ListGiven) => {
        const { listVendings } = await import('../../operator/vendings/list-vendings');
        return listVendings({ json, all, ...filters, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

interface ListGiven extends ApiGiven {
  readonly status?: (typeof VendingStatusSchema.options)[number];
  readonly account?: string;
  readonly email?: string;
  readonly workspace?: string;
  readonly project?: string;
  readonly landingZone?: string;
  readonly error?: string;
  readonly since?: Date;
  readonly all?: boolean;
}

const reindexCommand = (session: Session): Command =>
  described('reindex', {
    summary: 'file vendings of earlier releases under the filters of the list',
    notes: 'Interrupted, call it again: nothing is done twice.',
    examples: ['npx account-vending vendings reindex'],
  })
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async ({ json = false, api }: ApiGiven) => {
        const { reindexVendings } = await import('../../operator/vendings/reindex-vendings');
        return reindexVendings({ json, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

const showCommand = (session: Session): Command =>
  described('show', {
    summary: 'show where a vending is, how it came there, and what to do',
    notes: 'A tenant is named by its uuid, its account, the e-mail of that, or as workspace.project.',
    examples: [
      'npx account-vending vendings show retail.webshop-dev',
      `npx account-vending vendings show ${UUID} --watch`,
    ],
    exitCodes: { 1: 'the vending has failed' },
  })
    .argument(...TENANT)
    .option('--watch', 'watch it until it has ended')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (tenantUuid: string, given: ApiGiven & { readonly watch?: boolean }) => {
        const { json = false, watch = false, api } = given;
        const { showVending } = await import('../../operator/vendings/show-vending');
        return showVending({ json, tenantUuid, watch, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

const stopCommand = (session: Session): Command =>
  described('stop', {
    summary: 'stop the run of a tenant',
    examples: [`npx account-vending vendings stop ${UUID} --reason 'the wrong unit'`],
  })
    .argument(...TENANT)
    .addOption(reasonOption())
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (tenantUuid: string, given: ApiGiven & { readonly reason: string }) => {
        const { json = false, reason, api } = given;
        const { stopVending } = await import('../../operator/vendings/stop-vending');
        return stopVending({ json, tenantUuid, reason, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

const decisionCommand = (command: 'approve' | 'reject', summary: string, session: Session): Command =>
  described(command, {
    summary,
    examples: [`npx account-vending vendings ${command} ${UUID} --reason 'as agreed with the owner'`],
  })
    .argument(...TENANT)
    .addOption(reasonOption())
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (tenantUuid: string, given: ApiGiven & { readonly reason: string }) => {
        const { json = false, reason, api } = given;
        const { decideVending } = await import('../../operator/vendings/stop-vending');
        return decideVending({ json, command, tenantUuid, reason, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

interface AdoptGiven extends ApiGiven {
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly token?: string;
}

const adoptCommand = (session: Session): Command =>
  described('adopt', {
    summary: 'propose tenants for accounts that have none, and adopt those of a token',
    notes: 'Adopts nothing without the token that its proposals end with.',
    examples: [
      'npx account-vending vendings adopt --mapping accounts.csv --dry-run',
      'npx account-vending vendings adopt --token TOKEN',
    ],
    exitCodes: { 1: 'some account cannot be adopted, or was not' },
  })
    .option('--mapping <file>', 'which account is of which tenant, as .csv or .yaml (default: by the tags of accounts)')
    .option('--dry-run', 'propose, and do not say how to adopt')
    .addOption(new Option('--token <token>', 'adopt what this token names').conflicts('dryRun'))
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async ({ json = false, mapping, dryRun = false, token, api }: AdoptGiven) => {
        const { adopt } = await import('../../operator/adopt/adopt');
        return adopt({ json, mapping, dryRun, token, apiUrl: await requiredApi(api) }, session.context);
      }),
    );
