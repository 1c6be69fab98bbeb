import type { Pattern, Value } from './pattern';

export const SERVICES = [
  'organizations',
  'account',
  'sts',
  'iam',
  'cloudformation',
  'servicecatalog',
  'controltower',
  'identitystore',
  'sso-admin',
  'service-quotas',
  'ce',
] as const;

export type ServiceName = (typeof SERVICES)[number];

/** Accounts that the caller cannot enter. */
const OUTSIDE = ['outsider', 'joiner'] as const;

type Outside = (typeof OUTSIDE)[number];

export const isOutside = (as: Step['as']): as is Outside => OUTSIDE.some((one) => one === as);

/**
 * Members with OrganizationAccountAccessRole: AWS Config was set up in `recorded`, `delivered` and, by Control Tower,
 * `kept`; STS is not active everywhere in `silent`; `spareFive` may be closed.
 */
type Inside = 'delegate' | 'recorded' | 'delivered' | 'silent' | 'kept' | 'spareFive';

/** What limits a session: it may do no more than its role and one of these allow. */
export interface SessionPolicies {
  readonly Policy?: string;
  readonly PolicyArns?: readonly { readonly arn: string }[];
}

/** One call, and what AWS is believed to say to it. Texts may name what is known by `{{…}}`: see references.ts. */
export interface Step {
  /** An operation of the case's own service, or `service:Operation`. */
  readonly call: string;
  readonly input: Value;
  /**
   * Absent: the management account. `role` is the role `{{unique}}` there, which the case makes; `outsider` and `joiner`
   * are accounts that are in no organization; `delegate` administers IAM Identity Center; the others are members.
   */
  readonly as?: 'member' | 'role' | Outside | Inside;
  /** With what the session of that role or member is opened. Absent: nothing, and it may do what its role may. */
  readonly session?: SessionPolicies;
  /** Absent: the region of the run. */
  readonly region?: string;
  readonly expect: Expectation;
  /** The name by which later steps refer to the answer. */
  readonly save?: string;
  /** Seconds to wait before the call, where AWS tells nobody when it is ready. */
  readonly after?: number;
  /** What is expected may take so many seconds to come about. */
  readonly within?: number;
}

/**
 * Where AWS documents several errors for one call without saying which comes first, any of them; where callers have met
 * both an answer and errors, either.
 */
export type Expectation =
  | { readonly output: Pattern; readonly orErrors?: readonly string[] }
  | { readonly errors: readonly string[]; readonly members?: Pattern };

export interface ConformanceCase {
  /** A sentence that is true where the case agrees. */
  readonly name: string;
  /** Where AWS says so. */
  readonly evidence: string;
  /** How many accounts it makes, which stay for ninety days after they were closed. Absent: none. */
  readonly accounts?: number;
  readonly steps: readonly Step[];
  /** What was made goes, whatever has become of the steps. A step here may fail. */
  readonly cleanup?: readonly Step[];
}

/** Organizations that one cannot be at the same time as the one of a run. Absent where nobody has one at hand. */
export const OTHER_ORGANIZATIONS = {
  'auto-enrollment':
    'an organization whose Control Tower enrolls each account that is moved, and whose people come from elsewhere',
  'older-landing-zone':
    'an organization with landing zone 3.3, several launch paths of the Account Factory, and people in Active Directory',
  'consolidated-billing': 'an organization of consolidated billing alone',
  quotas: 'an organization that has nearly used up its quotas, and weeks of time',
  weeks: 'an organization in which one may wait for weeks',
  purchases: 'an organization whose reservations and Savings Plans are known to the hour',
  'landing-zone-update': 'an organization whose landing zone is updated meanwhile',
  'large-units': 'an organization with 22 governed regions, and more accounts in a unit than go with them',
  govcloud: 'an organization in AWS GovCloud (US)',
} as const;

export type OtherOrganization = keyof typeof OTHER_ORGANIZATIONS;

export interface CaseGroup {
  readonly service: ServiceName;
  /** Absent: the organization of the run. */
  readonly organization?: OtherOrganization;
  readonly cases: readonly ConformanceCase[];
}

type Details = Pick<Step, 'as' | 'region' | 'save' | 'after' | 'within'>;

/** A call that succeeds; its answer has at least these members. */
export const answers = (call: string, input: Value = {}, output: Pattern = {}, details: Details = {}): Step => ({
  ...details,
  call,
  input,
  expect: { output },
});

/** A call that is refused with this error, or the first of these, which has at least these members. */
export const refuses = (
  call: string,
  input: Value,
  error: string | readonly string[],
  { members, ...details }: Details & { readonly members?: Pattern } = {},
): Step => ({
  ...details,
  call,
  input,
  expect: { errors: typeof error === 'string' ? [error] : error, ...(members === undefined ? {} : { members }) },
});

/** A call that succeeds, or is refused with one of these errors: what follows says what has come of it. */
export const answersOrRefuses = (
  call: string,
  input: Value,
  orErrors: readonly string[],
  details: Details = {},
): Step => ({ ...details, call, input, expect: { output: {}, orErrors } });

/** The same steps by the member account. */
export const asMember = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, as: 'member' as const }));

/** The same steps by another account. */
export const by = (as: NonNullable<Step['as']>, ...steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, as }));

/** The same steps by the role `{{unique}}` of the management account. */
export const asRole = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, as: 'role' as const }));

/** The same steps in a session that is opened with these policies. */
export const inSession = (session: SessionPolicies, steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, session }));

/** A request for one address is refused while another one of a case that was interrupted is still carried out. */
export const requestsAreOver: readonly Step[] = [
  answers(
    'organizations:ListCreateAccountStatus',
    { States: ['IN_PROGRESS'] },
    { CreateAccountStatuses: { $count: 0 } },
    { within: 600 },
  ),
];

const READING = /^(?:Get|List|Describe|Search|Simulate|AssumeRole$)/u;

export const operationOf = ({ call }: Step): string => call.split(':').at(-1) ?? call;

/** Whether a case changes nothing, whatever AWS makes of it. */
export const isReadOnly = ({ steps, cleanup = [] }: ConformanceCase): boolean =>
  [...steps, ...cleanup].every((step) => READING.test(operationOf(step)));
