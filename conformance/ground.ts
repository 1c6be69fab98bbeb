import * as z from 'zod';

import { partitionNamed } from '../functions/domain/places/partitions';
import { answers, type Step } from './case';
import type { Known } from './references';
import { runCase, type Subject } from './run-case';

interface Finder {
  readonly steps: readonly Step[];
  /** Facts by their names, each from what the steps have saved. */
  readonly facts: Readonly<Record<string, readonly [saved: string, ...path: (string | number)[]]>>;
}

const PRODUCT = '{{found.ProductViewDetails.0.ProductViewSummary.ProductId}}';

const save = (name: string, call: string, input = {}): Step => answers(call, input, {}, { save: name });

/** What there is already. What is not found is not known, and cases that need it are not reached. */
const FINDERS: readonly Finder[] = [
  {
    steps: [save('found', 'sts:GetCallerIdentity')],
    facts: { caller: ['found', 'Arn'], management: ['found', 'Account'] },
  },
  {
    steps: [save('found', 'organizations:DescribeOrganization')],
    facts: {
      organization: ['found', 'Organization', 'Id'],
      managementEmail: ['found', 'Organization', 'MasterAccountEmail'],
    },
  },
  { steps: [save('found', 'organizations:ListRoots')], facts: { root: ['found', 'Roots', 0, 'Id'] } },
  {
    steps: [save('found', 'sso-admin:ListInstances')],
    facts: {
      instance: ['found', 'Instances', 0, 'InstanceArn'],
      store: ['found', 'Instances', 0, 'IdentityStoreId'],
    },
  },
  {
    steps: [save('found', 'organizations:ListDelegatedAdministrators', { ServicePrincipal: 'sso.amazonaws.com' })],
    facts: { delegate: ['found', 'DelegatedAdministrators', 0, 'Id'] },
  },
  {
    steps: [save('found', 'controltower:ListLandingZones')],
    facts: { landingZone: ['found', 'landingZones', 0, 'arn'] },
  },
  {
    steps: [
      save('found', 'servicecatalog:SearchProductsAsAdmin', { Filters: { Owner: ['AWS Control Tower'] } }),
      save('portfolios', 'servicecatalog:ListPortfoliosForProduct', { ProductId: PRODUCT }),
      save('paths', 'servicecatalog:ListProvisioningArtifacts', { ProductId: PRODUCT }),
    ],
    facts: {
      product: ['found', 'ProductViewDetails', 0, 'ProductViewSummary', 'ProductId'],
      portfolio: ['portfolios', 'PortfolioDetails', 0, 'Id'],
      artifacts: ['paths', 'ProvisioningArtifactDetails'],
    },
  },
  {
    steps: [
      save('found', 'ce:GetReservationUtilization', {
        TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
        GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }],
      }),
    ],
    facts: { reservation: ['found', 'UtilizationsByTime', 0, 'Groups', 0, 'Value'] },
  },
  {
    steps: [
      save('found', 'ce:GetSavingsPlansUtilizationDetails', {
        TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
      }),
    ],
    facts: { savingsPlan: ['found', 'SavingsPlansUtilizationDetails', 0, 'SavingsPlanArn'] },
  },
  {
    steps: [save('found', 'controltower:ListEnabledBaselines')],
    facts: { enabledBaselines: ['found', 'enabledBaselines'] },
  },
];

export interface GroundOptions {
  readonly now: Date;
  /** Where the mailbox of new accounts is: `aws+{…}@example.com`. */
  readonly mailbox: { readonly name: string; readonly domain: string };
  readonly run: string;
  /** What nobody finds by asking, such as the ids of accounts in no organization: `outsider`, `joiner`. */
  readonly given?: Known;
}

export async function findGround(subject: Subject, { now, mailbox, run, given = {} }: GroundOptions): Promise<Known> {
  const facts: Record<string, unknown> = {
    ...idsOfNobody,
    ...daysAround(now),
    run,
    region: subject.region,
    mailbox: mailbox.name,
    domain: mailbox.domain,
    ...given,
  };
  for (const { steps, facts: wanted } of FINDERS) {
    const saved = await savedBy(subject, steps, facts);
    for (const [name, path] of Object.entries(wanted)) {
      const value = path.reduce<unknown>(
        (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
        saved,
      );
      if (value !== undefined) facts[name] = value;
    }
  }
  const derived = { ...facts, ...derivedFrom(facts, subject.region) };
  return { ...derived, ...(await registeredUnitIn(subject, derived)) };
}

/** Ids of the right form that nobody has. */
const idsOfNobody = { noAccount: '000000000001', noUuid: '00000000-0000-4000-8000-000000000000' };

/** Cost Explorer is asked for months. */
function daysAround(now: Date): Known {
  const day = (months: number, date = 1): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, date)).toISOString().slice(0, 10);
  return {
    monthBeforeHistory: day(-14),
    firstMonthOfHistory: day(-13),
    lastMonth: day(-1),
    lastMonthSecond: day(-1, 2),
    lastMonthThird: day(-1, 3),
    thisMonth: day(0),
    nextMonth: day(1),
    yesterday: day(0, now.getUTCDate() - 1),
    today: day(0, now.getUTCDate()),
    tomorrow: day(0, now.getUTCDate() + 1),
    nextYear: day(12),
    nextYearEnd: day(13),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function derivedFrom(
  { caller, managementEmail, root, instance, artifacts, landingZone }: Known,
  region: string,
): Known {
  const partition = textOf(caller)?.split(':')[1];
  const regions = partitionNamed(partition)?.defaultRegions ?? [];
  const all = {
    partition,
    globalRegion: partitionNamed(partition)?.globalRegion,
    // Of us-east-1 the path of a reserved role has no region.
    reservedPath: `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`,
    otherRegion: regions.find((one) => one !== region),
    managementEmailInCapitals: textOf(managementEmail)?.toUpperCase(),
    landingZoneId: textOf(landingZone)?.split('/').at(-1),
    noUnit: textOf(root)?.replace(/^r-(.*)$/u, 'ou-$1-00000000'),
    noInstance: textOf(instance)?.replace(/.{16}$/u, '0'.repeat(16)),
    noPermissionSet: textOf(instance)?.replace(/:instance\/(.*)$/u, ':permissionSet/$1/ps-0000000000000000'),
    ...versionsIn(artifacts),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const ArtifactsSchema = z
  .array(z.object({ Id: z.string(), Name: z.string().optional(), Active: z.boolean(), Guidance: z.string() }))
  .catch([]);

/** One recommended, one deprecated and one inactive version of the Account Factory. */
function versionsIn(artifacts: unknown): Known {
  const all = ArtifactsSchema.parse(artifacts);
  const active = (guidance: string) => all.find(({ Active, Guidance }) => Active && Guidance === guidance);
  return {
    artifact: active('DEFAULT')?.Id,
    artifactName: active('DEFAULT')?.Name,
    deprecatedArtifact: active('DEPRECATED')?.Id,
    inactiveArtifact: all.find(({ Active }) => !Active)?.Id,
  };
}

/** The first unit that Control Tower has registered, as the Account Factory wants it named. */
async function registeredUnitIn(subject: Subject, facts: Known): Promise<Known> {
  const registeredArn = z
    .array(z.object({ targetIdentifier: z.string() }))
    .catch([])
    .parse(facts['enabledBaselines'])
    .find(({ targetIdentifier }) => targetIdentifier.includes('/ou-'))?.targetIdentifier;
  if (registeredArn === undefined) return {};
  const registeredId = registeredArn.split('/').at(-1) ?? '';
  const step = save('unit', 'organizations:DescribeOrganizationalUnit', { OrganizationalUnitId: registeredId });
  const { unit } = await savedBy(subject, [step], facts);
  return {
    registeredArn,
    registeredId,
    registeredUnit: `${String(at(unit, 'OrganizationalUnit', 'Name'))} (${registeredId})`,
  };
}

const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
    value,
  );

async function savedBy(subject: Subject, steps: readonly Step[], facts: Known): Promise<Known> {
  const { said } = await runCase(subject, 'organizations', { name: 'found', evidence: '', steps }, facts);
  return Object.fromEntries(steps.map(({ save: name = '' }, index) => [name, said[index]?.answer]));
}
