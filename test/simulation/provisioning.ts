import { type Configuration, parseConfiguration } from '../../functions/domain/configuration/configuration';
import {
  EXAMPLE_EXTERNAL_ID,
  exampleOrganization,
  RECALL_FUNCTION,
} from '../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { type AccountReading, readOrganization } from '../../sandbox/organization/independent-reader';
import type { Organization } from '../../sandbox/organization/organization';
import type { AwsSession } from '../../functions/aws/base/aws-session';
import { type Change, changed, landingZoneJson, platformJson } from '../functions/domain/examples';
import type { SimulatedVending } from './simulated-vending';

export const DEV = 'ou-ab12-cdefgh34';
export const PROD = 'ou-ab12-prod0001';
export const { managementAccountId, automationAccountId } = exampleOrganization();
export const LANDING_ZONE_FUNCTION = `arn:aws:lambda:eu-central-1:${automationAccountId}:function:landing-zone`;

/**
 * Everything that provisions an account: Control Tower, two stack sets (one in two regions), a function, the downgrade.
 */
const provisioningLandingZone = {
  ...landingZoneJson,
  awsLambdaArn: LANDING_ZONE_FUNCTION,
  stackSets: [
    { name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1', 'eu-west-1'] },
    { name: 'network', homeRegion: 'eu-central-1', regions: ['eu-central-1'] },
  ],
};

/**
 * Landing zones aws-dev and aws-prod, the same but for their OUs; with changes whose paths begin with `platform.` or
 * `landingZone.`.
 */
export function provisioningConfiguration(...changes: readonly Change[]): Configuration {
  const files = changed(
    { platform: platformJson, landingZone: provisioningLandingZone },
    ['platform.awsIdentityStore', undefined],
    ...changes,
  ) as { readonly platform: unknown; readonly landingZone: typeof provisioningLandingZone };
  const prod = { ...files.landingZone, name: 'aws-prod', awsTargetOrgUnitId: PROD };
  const parsed = parseConfiguration({
    platform: files.platform,
    landingZones: { 'landing-zones/aws-dev.json': files.landingZone, 'landing-zones/aws-prod.json': prod },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

/** The vended account, as an independent reader finds it. */
export async function provisionedAccount({ organization, madeAccounts }: SimulatedVending): Promise<AccountReading> {
  const accountIds = madeAccounts.map(({ id }) => id);
  const readings = await readOrganization({
    requestHandler: inProcessRequestHandler(organization),
    region: 'eu-central-1',
    managementAccountId,
    automationAccountId,
    accountIds,
    recallFunction: RECALL_FUNCTION,
  });
  const [reading] = readings;
  if (reading === undefined || readings.length > 1) throw new Error(`${readings.length} accounts were made.`);
  return reading;
}

/**
 * What must not depend on how it came about: AWS's own ids are masked, and how often the landing zone's function was
 * called.
 */
export function masked(reading: AccountReading): unknown {
  const { provisionedProduct: product, landingZonePayloads } = reading;
  const payloads = [...new Set(landingZonePayloads.map((payload) => JSON.stringify(payload)))];
  const text = JSON.stringify({
    ...reading,
    provisionedProduct: product === null ? null : { ...product, id: 'pp', name: product.name.replace(/\d+$/, 'n') },
    landingZonePayloads: payloads,
  });
  // The name of what the access role keeps carries a hash of a document that names the account.
  return JSON.parse(text.replaceAll(reading.id, 'account-id').replace(/(meshstack-minimum)-[0-9a-f]{16}/g, '$1'));
}

/** A caller as the step wrapper makes one, without regard to a step. */
export const callerIn = (organization: Organization, functionName: string): AwsSession => ({
  settings: {
    region: 'eu-central-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'test' },
    requestHandler: inProcessRequestHandler(organization),
  },
  functionName,
  sessionName: `${functionName}-test`,
  managementRoleArn: () => `arn:aws:iam::${managementAccountId}:role/MeshfedServiceRole-ControlTower`,
  memberEntryRoleArn: () => `arn:aws:iam::${managementAccountId}:role/MeshfedServiceRole-Enter`,
  automationRoleArn: () => `arn:aws:iam::${automationAccountId}:role/MeshfedAutomationRole-StackSets`,
  secrets: { externalId: () => Promise.resolve(EXAMPLE_EXTERNAL_ID), scimAccessToken: () => Promise.resolve('') },
  permissions: { management: ['*'], automation: ['*'], member: ['*'] },
});
