import * as z from 'zod';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { controlTowerJson } from '../../wire/control-tower-json';
import { operation, operationsByName, type CallContext, type Service } from '../operation';
import { arnIn } from '../../arn';
import { landingZoneManifest } from './landing-zone-manifest';

/** `AWSControlTowerBaseline`: "Identifiers for baselines" of the AWS Control Tower User Guide. */
const BASELINE = '17BSJV3IGJ2QSGA2';

interface LandingZone {
  readonly arn: string;
  readonly region: string;
  readonly status: 'ACTIVE' | 'PROCESSING' | 'FAILED';
  readonly enrollsByItself: boolean;
}

/** The one landing zone: in the home region of the management account, where Control Tower is set up. */
function landingZoneHere({ state, region, principal }: CallContext): LandingZone | undefined {
  const { managementAccountId, accountFactory, controlTower = {} } = state.seed;
  if (
    region !== (controlTower.homeRegion ?? accountFactory?.homeRegion) ||
    principal.accountId !== managementAccountId
  ) {
    return undefined;
  }
  const arn = arnIn(state.seed, `controltower:${region}:${managementAccountId}:landingzone/1A2B3C4D5E6F7G8H`);
  return {
    arn,
    region,
    status: controlTower.status ?? 'ACTIVE',
    enrollsByItself: controlTower.enrollsByItself ?? false,
  };
}

function notFound(): ServiceError {
  return new ServiceError('ResourceNotFoundException', 'The landing zone does not exist.', { status: 404 });
}

function getLandingZone(context: CallContext, identifier: string): object {
  const landingZone = landingZoneHere(context);
  if (landingZone === undefined || (identifier !== landingZone.arn && !landingZone.arn.endsWith(`/${identifier}`))) {
    throw notFound();
  }
  const { arn, status, enrollsByItself, region } = landingZone;
  return {
    landingZone: {
      arn,
      status,
      version: '4.0',
      latestAvailableVersion: '4.0',
      driftStatus: { status: 'IN_SYNC' },
      manifest: landingZoneManifest(region, context.state.seed.controlTower ?? {}),
      ...(enrollsByItself ? { remediationTypes: ['INHERITANCE_DRIFT'] } : {}),
    },
  };
}

const arns = z.array(z.string().min(20).max(2048)).min(1).max(5).optional();

const baselinesInput = z.object({
  filter: z.object({ targetIdentifiers: arns, baselineIdentifiers: arns }).optional(),
  includeChildren: z.boolean().optional(),
});

/** What is enabled on units; accounts, which inherit it, are shown only to who asks for children. */
function listEnabledBaselines(
  context: CallContext,
  { filter, includeChildren = false }: z.infer<typeof baselinesInput>,
): object {
  const landingZone = landingZoneHere(context);
  if (landingZone === undefined) {
    return { enabledBaselines: [] };
  }
  const baselineIdentifier = arnIn(context.state.seed, `controltower:${landingZone.region}::baseline/${BASELINE}`);
  const enabledArn = (id: string): string =>
    landingZone.arn.replace(/landingzone\/.*$/, `enabledbaseline/${id.slice(-8).toUpperCase()}`);
  const ofUnits = registeredUnits(context.state).map(({ id, arn }) => ({
    arn: enabledArn(id),
    ...{ baselineIdentifier, baselineVersion: '5.0', targetIdentifier: arn },
    statusSummary: { status: 'SUCCEEDED' },
  }));
  const enabled = includeChildren
    ? [...ofUnits, ...ofAccounts(context.state, baselineIdentifier, enabledArn)]
    : ofUnits;
  const isAsked = (wanted: readonly string[] | undefined, one: string) => wanted?.includes(one) ?? true;
  return {
    enabledBaselines: enabled.filter(
      (one) =>
        isAsked(filter?.targetIdentifiers, one.targetIdentifier) &&
        isAsked(filter?.baselineIdentifiers, one.baselineIdentifier),
    ),
  };
}

function ofAccounts(
  { accounts, inheritedBaselines }: OrganizationState,
  baselineIdentifier: string,
  enabledArn: (id: string) => string,
) {
  return [...inheritedBaselines].map(([id, { unitId, status }]) => ({
    arn: enabledArn(id),
    ...{ baselineIdentifier, baselineVersion: '5.0', targetIdentifier: accounts.get(id)?.arn ?? '' },
    parentIdentifier: enabledArn(unitId),
    statusSummary: { status },
  }));
}

const registeredUnits = (state: OrganizationState) => [...state.units.values()].filter(({ registered }) => registered);

const refuse = (error: z.ZodError): ServiceError =>
  new ServiceError('ValidationException', error.issues[0]?.message ?? 'Invalid input.');

/** Control Tower as far as telling what is set up. */
export const controlTower: Service = {
  signingName: 'controltower',
  actionPrefix: 'controltower',
  protocol: controlTowerJson(),
  operations: operationsByName([
    operation(refuse, {
      name: 'ListLandingZones',
      write: false,
      input: z.object({ nextToken: z.string().optional(), maxResults: z.number().int().min(1).max(1).optional() }),
      answer: (context) => {
        const landingZone = landingZoneHere(context);
        return { landingZones: landingZone === undefined ? [] : [{ arn: landingZone.arn }] };
      },
    }),
    operation(refuse, {
      name: 'GetLandingZone',
      write: false,
      input: z.object({ landingZoneIdentifier: z.string().min(1) }),
      targets: (_context, { landingZoneIdentifier }) => [{ resource: landingZoneIdentifier }],
      answer: (context, { landingZoneIdentifier }) => getLandingZone(context, landingZoneIdentifier),
    }),
    operation(refuse, {
      name: 'ListEnabledBaselines',
      write: false,
      input: baselinesInput,
      answer: listEnabledBaselines,
    }),
  ]),
  admit: () => undefined,
};
