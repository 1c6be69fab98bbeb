import { contentHash } from '../base/json';
import type { PollSchedule } from '../base/poll-interval';
import type { PlannedCustomization, VendingPlan } from '../plan/plan';
import type { Account, CustomizationRecord } from '../records/account-records';
import { partitionOfAccount, type StepContext } from '../run/step-context';
import { toldByAws } from '../stack-sets/landing-zone-parameters';

/** A build takes half a minute to begin, and minutes as a rule. */
export const BUILD_POLLS: PollSchedule = { minSeconds: 15, maxSeconds: 120, firstDelays: [30] };

/** All projects are in the region of the stack that makes them. */
export const buildRegionOf = ({ customizations = [] }: Pick<VendingPlan, 'customizations'>): string =>
  customizations[0]?.region ?? '';

/** CodeBuild has no room for one more build now. */
export const FULL_SECONDS = 60;

/**
 * How long a build may stand in CodeBuild's queue before that gives up.
 *
 * @evidence documented codebuild/latest/APIReference/API_StartBuild: queuedTimeoutInMinutesOverride is 5 to 480
 */
export const QUEUE_MINUTES = 480;

/** What the commands are told of the account: as AWS has it, where it knows it better. */
const inputsOf = ({ inputs }: PlannedCustomization, account: Account): Record<string, string> => {
  const told = toldByAws(account);
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, told[name] ?? value]));
};

/**
 * By it a customization is known to be as wanted. The time limit is no part of it: who raises it wants nothing to be
 * run again.
 */
export function contentOf(planned: PlannedCustomization, account: Account): string {
  const { image, source, buildspec, environment, role, destroys = false } = planned;
  return contentHash({
    image,
    source,
    buildspec,
    environment,
    role: role.name,
    destroys,
    inputs: inputsOf(planned, account),
  });
}

export const recordOf = (
  { tenant: { customizations = [] } }: StepContext,
  { project }: Pick<PlannedCustomization, 'project'>,
): CustomizationRecord | undefined => customizations.find((one) => one.project === project);

/** Whether it has ended well with this content. */
export const isApplied = (record: CustomizationRecord | undefined, content: string): boolean =>
  record?.phase === 'done' && record.contentHash === content;

/** The records with this one in its place. */
export const withRecord = (
  records: readonly CustomizationRecord[],
  record: CustomizationRecord,
): CustomizationRecord[] => [...records.filter(({ project }) => project !== record.project), record];

/**
 * What a build is asked for next. The number rises with each build: with it the token, by which CodeBuild, and a look
 * through its list, know a build again.
 */
export function askedRecord(
  { tenant, now }: StepContext,
  planned: PlannedCustomization,
  account: Account,
  before: CustomizationRecord | undefined,
): CustomizationRecord {
  const n = Math.max(before?.n ?? 0, tenant.numbersFrom ?? 0) + 1;
  const content = contentOf(planned, account);
  return {
    ...before,
    name: planned.name,
    project: planned.project,
    phase: 'asked',
    contentHash: content,
    n,
    token: contentHash([tenant.tenantUuid, planned.project, content, n]).slice(0, 40),
    askedAt: now.toISOString(),
    buildId: null,
    inputs: inputsOf(planned, account),
    outputs: before?.outputs ?? {},
    logLink: null,
  };
}

/** The environment of a build, besides what the configuration gives it. */
export const variablesOf = (
  context: StepContext,
  { role, environment }: PlannedCustomization,
  account: Account,
  { project, token, inputs }: CustomizationRecord,
): Record<string, string> => ({
  ...environment,
  VENDING_BUILD: token,
  VENDING_TENANT_UUID: context.tenant.tenantUuid,
  VENDING_ACCOUNT_ID: account.id,
  VENDING_ROLE_ARN: `arn:${partitionOfAccount(context)}:iam::${account.id}:role/${role.name}`,
  VENDING_STATE_KEY: `${project}/${account.id}/terraform.tfstate`,
  VENDING_INPUTS: JSON.stringify(inputs),
});

/** What has become of a customization, for people. */
export const toldOf = ({ outputs }: Pick<CustomizationRecord, 'outputs'>, destroys: boolean): string => {
  if (destroys) return 'destroyed';
  const told = Object.entries(outputs).map(([name, value]) => `${name} = ${value}`);
  return told.length === 0 ? 'applied' : `applied: ${told.join(', ')}`;
};
