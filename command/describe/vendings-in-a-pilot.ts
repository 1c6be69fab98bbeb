import path from 'node:path';

import type { Command } from 'commander';

import { described } from '../described';
import { acting, patiently, type Session } from '../session';
import { type ApiGiven, requiredApi } from './api-given';
import { apiOption, jsonOption } from './common';

const ZONE = ['<landing-zone>', 'the name of the landing zone'] as const;

export const shadowedCommand = (session: Session): Command =>
  described('shadowed', {
    summary: 'show what runs in shadow mode would change',
    examples: ['npx account-vending vendings shadowed', 'npx account-vending vendings shadowed aws-dev --json'],
  })
    .argument('[landing-zone]', 'the landing zone (default: all)')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async (landingZone: string | undefined, { json = false, api }: ApiGiven) => {
        const { reportShadowed } = await import('../../operator/vendings/shadow-report');
        return reportShadowed({ json, landingZone, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

export const actCommand = (session: Session): Command =>
  described('act', {
    summary: 'let a landing zone act, and run its shadowed tenants',
    examples: ['npx account-vending vendings act aws-dev'],
    exitCodes: { 1: 'some tenant could not be run' },
  })
    .argument(...ZONE)
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (landingZone: string, { json = false, api }: ApiGiven) => {
        const { letAct } = await import('../../operator/vendings/switch-landing-zone');
        return letAct({ json, landingZone, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

export const shadowCommand = (session: Session): Command =>
  described('shadow', {
    summary: 'set a landing zone back to shadow mode',
    examples: ['npx account-vending vendings shadow aws-dev', 'npx account-vending vendings shadow aws-dev --again'],
    exitCodes: { 1: 'with --again, some tenant could not be compared' },
  })
    .argument(...ZONE)
    .option('--again', 'compare its shadowed tenants once more')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      acting(session, async (landingZone: string, given: ApiGiven & { readonly again?: boolean }) => {
        const { json = false, again = false, api } = given;
        const { setBack } = await import('../../operator/vendings/switch-landing-zone');
        return setBack({ json, landingZone, again, apiUrl: await requiredApi(api) }, session.context);
      }),
    );

export const exportCommand = (session: Session): Command =>
  described('export', {
    summary: 'write every tenant with its desired state and plan into a folder, and accounts.csv',
    notes: 'Interrupted, it goes on where it was when it is called again.',
    examples: ['npx account-vending vendings export my-tenants'],
  })
    .argument('<folder>', 'a new folder, or that of an earlier export')
    .addOption(apiOption())
    .addOption(jsonOption())
    .action(
      patiently(session, async (folder: string, { json = false, api }: ApiGiven) => {
        const { exportVendings } = await import('../../operator/export/export-vendings');
        return exportVendings({ json, folder: path.resolve(folder), apiUrl: await requiredApi(api) }, session.context);
      }),
    );
