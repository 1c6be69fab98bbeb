import path from 'node:path';

import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';

import { isAbsent } from '../../functions/aws/base/aws-error';
import { classRoleArn } from '../../functions/aws/permissions/function-permissions';
import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../functions/aws/permissions/step-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { type PreflightRecord, statusOf } from '../../functions/domain/fleet/preflight';
import { runChecks } from '../../functions/preflight/check';
import { checksOf } from '../../functions/preflight/handler';
import { loadConfiguration } from '../../infra/config';
import type { CommandContext } from '../command-context';
import { accountFaults } from '../deploy/account-faults';
import { type ActingIn, actingIn, PATIENT, type ProfileSettings, sessionOf } from '../discover/profile-settings';
import { OperatorError } from '../operator-error';
import { checksByCaller } from './checks-by-caller';
import { environmentOf } from './role-environment';

export interface ProfileOptions {
  readonly configurationFolder: string;
  readonly management: ProfileSettings;
  /** Undefined: nobody looks into the automation account. */
  readonly automation: ProfileSettings | undefined;
  /** Undefined: it is not known. */
  readonly externalId: string | undefined;
}

/**
 * Checks with a person's own rights in the two accounts, before the application's roles exist.
 *
 * @throws OperatorError when AWS does not take the credentials, or they are of other accounts than the configuration's
 */
export async function preflightByProfile(
  { configurationFolder, management: ofManagement, automation: ofAutomation, externalId }: ProfileOptions,
  { notify, pause, now }: CommandContext,
): Promise<PreflightRecord> {
  const configuration = loadConfiguration(path.resolve(configurationFolder));
  const management = await actingIn(ofManagement, '--profile');
  const automation = ofAutomation === undefined ? undefined : await actingIn(ofAutomation, '--profile-automation');
  refuseMixUp(configuration, management, automation);
  notify(
    `Looking as ${[management, ...(automation === undefined ? [] : [automation])].map(({ arn }) => arn).join(' and ')}.\n`,
  );
  const startedAt = now().toISOString();
  const { settings, caller } = sessionOf(management, automation);
  const secrets = { externalId: () => Promise.resolve(externalId ?? ''), scimAccessToken: () => Promise.resolve('') };
  const checks = checksOf(
    {
      environment: (name) => environmentOf(configuration)[name] ?? '',
      secrets,
      aws: settings,
      now,
      ...(caller === undefined ? {} : { caller }),
    },
    configuration,
    'preflight-by-hand',
  );
  const { accessConfig, automationAccountRole } = configuration.platform;
  const found = await runChecks(
    checksByCaller(checks, {
      managementArn: management.arn,
      automationArn: automation?.arn,
      knowsExternalId: externalId !== undefined,
      managementRole: nameOf(classRoleArn(accessConfig.organizationRootAccountRole, 'Create')),
      automationRole: nameOf(classRoleArn(automationAccountRole, 'Read')),
      isThere: rolesThat(configuration, management, automation),
    }),
    { pause },
  );
  return { id: 'direct', status: statusOf(found), startedAt, finishedAt: now().toISOString(), checks: [...found] };
}

function refuseMixUp({ platform }: Configuration, management: ActingIn, automation: ActingIn | undefined): void {
  const expected = platform.automationAccountRole.split(':')[4] ?? '';
  const places = {
    management,
    automation: automation ?? { accountId: expected },
    meshcloud: { accountId: platform.meshcloudAccountId ?? '', region: platform.region },
  };
  const faults = accountFaults(places, platform, {});
  if (faults.length > 0) throw new OperatorError(faults.join('\n'));
}

/** Looks for roles of our stacks, each in its account. */
function rolesThat(
  { platform: { accessConfig, automationAccountRole } }: Configuration,
  management: ActingIn,
  automation: ActingIn | undefined,
): (roleName: string) => Promise<boolean | undefined> {
  const accounts = new Map<string, ActingIn | undefined>([
    ...MANAGEMENT_CLASSES.map(
      (one) => [nameOf(classRoleArn(accessConfig.organizationRootAccountRole, one)), management] as const,
    ),
    ...AUTOMATION_CLASSES.map((one) => [nameOf(classRoleArn(automationAccountRole, one)), automation] as const),
  ]);
  return async (RoleName) => {
    const settings = accounts.get(RoleName)?.settings;
    if (settings === undefined) return undefined;
    try {
      await new IAMClient({ ...PATIENT, ...settings }).send(new GetRoleCommand({ RoleName }));
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  };
}

const nameOf = (arn: string): string => arn.split('/').at(-1) ?? '';
