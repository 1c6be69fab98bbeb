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

/** One call, and what AWS is believed to say to it. Texts may name what is known by `{{…}}`: see references.ts. */
export interface Step {
  /** An operation of the case's own service, or `service:Operation`. */
  readonly call: string;
  readonly input: Value;
  /** Absent: the management account. `role` is the role `{{unique}}` there, which the case makes. */
  readonly as?: 'member' | 'role';
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

/** Where AWS documents several errors for one call without saying which comes first, any of them. */
export type Expectation = { readonly output: Pattern } | { readonly errors: readonly string[] };

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

export interface CaseGroup {
  readonly service: ServiceName;
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

/** A call that is refused with this error. */
export const refuses = (
  call: string,
  input: Value,
  error: string | readonly string[],
  details: Details = {},
): Step => ({
  ...details,
  call,
  input,
  expect: { errors: typeof error === 'string' ? [error] : error },
});

/** The same steps by the member account. */
export const asMember = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, as: 'member' as const }));

/** The same steps by the role `{{unique}}` of the management account. */
export const asRole = (steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => ({ ...step, as: 'role' as const }));

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
