import * as z from 'zod';
import type { NamedPolicy, Question, ScpLevel } from './policy-question';
import { runSimulation, type RunSimulationResults } from './policy-simulator';
import { QuestionShapes } from './question-shape';

export interface Verdict {
  readonly allowed: boolean;
  readonly explicitDeny: boolean;
  /** The kinds of policy that stand in the way: `scp`, `identity`, `pb` (the permissions boundary), `session`, … */
  readonly blockedBy: readonly string[];
}

/**
 * Judges by IAM's evaluation rules. One evaluation takes about a millisecond and the same question returns for every
 * account of a simulation, so verdicts are kept under the question's shape.
 */
export class PolicySimulation {
  readonly #verdicts = new Map<string, Promise<Verdict>>();
  readonly #reached = new Map<string, Verdict>();
  readonly #shapes = new QuestionShapes();

  /** How many questions had to be evaluated. */
  get evaluations(): number {
    return this.#verdicts.size;
  }

  judge(question: Question): Promise<Verdict> {
    const key = this.#shapes.of(question);
    const verdict =
      this.#verdicts.get(key) ??
      evaluate(question).then((reached) => {
        this.#reached.set(key, reached);
        return reached;
      });
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  /** The verdict of a question that was judged before; undefined if none was. */
  verdictOn(question: Question): Verdict | undefined {
    return this.#reached.get(this.#shapes.of(question));
  }

  /** Whether a question was judged before, and is allowed. */
  allows(question: Question): boolean {
    return this.verdictOn(question)?.allowed === true;
  }
}

async function evaluate(question: Question): Promise<Verdict> {
  const result = await runSimulation(
    {
      request: {
        principal: question.principalArn,
        action: question.action,
        resource: { resource: question.resource, accountId: question.resourceAccountId },
        contextVariables: Object.fromEntries(
          Object.entries(question.conditions).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : [...value],
          ]),
        ),
      },
      identityPolicies: question.identityPolicies.map(parsed),
      ...(question.boundary === undefined ? {} : { permissionBoundaryPolicies: [parsed(question.boundary)] }),
      sessionPolicy: parsedDocument(question.sessionPolicy),
      resourcePolicy: parsedDocument(question.resourcePolicy),
      serviceControlPolicies: levelsOf(question.scpLevels),
      resourceControlPolicies: levelsOf(question.rcpLevels ?? []),
    },
    {},
  );
  return verdictOf(result, question);
}

const levelsOf = (levels: readonly ScpLevel[]): { orgIdentifier: string; policies: ReturnType<typeof parsed>[] }[] =>
  levels.map(({ id, policies }) => ({ orgIdentifier: id, policies: policies.map(parsed) }));

function parsed({ name, document }: NamedPolicy): { name: string; policy: unknown } {
  return { name, policy: parsedDocument(document) };
}

/** The simulator validates an object once. */
const documents = new Map<string, unknown>();

function parsedDocument(document: string | undefined): unknown {
  if (document === undefined) return undefined;
  const known: unknown = documents.get(document) ?? JSON.parse(document);
  documents.set(document, known);
  return known;
}

function verdictOf(result: RunSimulationResults, question: Question): Verdict {
  if (result.resultType === 'error') {
    throw new Error(`${question.action} on ${question.resource} cannot be judged: ${JSON.stringify(result.errors)}`);
  }
  const analyses =
    result.resultType === 'single' ? [result.result.analysis] : result.results.map((one) => one.analysis);
  return {
    allowed: result.overallResult === 'Allowed',
    explicitDeny: result.overallResult === 'ExplicitlyDenied',
    blockedBy: analyses.flatMap((analysis) => [...(analysis.blockedBy ?? []), ...blockingSession(analysis)]),
  };
}

type Analysis = Extract<RunSimulationResults, { resultType: 'single' }>['result']['analysis'];

/** The simulator does not name the session's policy among what blocks. */
function blockingSession({ identityAnalysis, sessionAnalysis }: Analysis): readonly string[] {
  const isBlocking = identityAnalysis?.result === 'Allowed' && (sessionAnalysis?.result ?? 'Allowed') !== 'Allowed';
  return isBlocking ? ['session'] : [];
}

export type PolicyKind = 'identity' | 'trust' | 'session';

/** True if IAM could not read this as a policy of its kind. */
export function isMalformed(document: string, kind: PolicyKind): Promise<boolean> {
  // Which account a document names does not make it malformed.
  const key = `${kind} ${document.replaceAll(/\d{12}/g, '<account>')}`;
  const known = malformed.get(key) ?? cannotBeRead(document, kind);
  malformed.set(key, known);
  return known;
}

const malformed = new Map<string, Promise<boolean>>();

async function cannotBeRead(document: string, kind: PolicyKind): Promise<boolean> {
  let policy: unknown;
  try {
    policy = JSON.parse(document);
  } catch {
    return true;
  }
  if (kind === 'trust' && lacksPrincipal(policy)) return true;
  const result = await runSimulation(
    {
      request: {
        principal: 'arn:aws:sts::123456789012:assumed-role/reader/session',
        action: 'sts:AssumeRole',
        resource: { resource: 'arn:aws:iam::123456789012:role/read', accountId: '123456789012' },
        contextVariables: {},
      },
      identityPolicies: kind === 'identity' ? [{ name: 'read', policy }] : [],
      sessionPolicy: kind === 'session' ? policy : undefined,
      resourcePolicy: kind === 'trust' ? policy : undefined,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return result.resultType === 'error';
}

/**
 * The simulator reads such a document, IAM does not.
 *
 * @evidence documented IAM/UserGuide/reference_policies_elements_principal: a policy of a resource has to name its
 *   principals
 */
function lacksPrincipal(policy: unknown): boolean {
  const { data } = TrustSchema.safeParse(policy);
  return [data?.Statement ?? []]
    .flat()
    .some(({ Principal, NotPrincipal }) => (Principal ?? NotPrincipal) === undefined);
}

const TrustedSchema = z.looseObject({ Principal: z.unknown().optional(), NotPrincipal: z.unknown().optional() });
const TrustSchema = z.object({ Statement: z.union([z.array(TrustedSchema), TrustedSchema]) });

/**
 * Reads the simulator's tables of actions and condition keys, which it otherwise reads from disk at the first question
 * about each service. To be awaited before virtual time starts: afterwards every verdict comes without leaving the
 * microtask queue, and the same seed gives the same order of events.
 */
export async function loadPolicyTables(): Promise<void> {
  const account = '123456789012';
  const everything = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:PrincipalArn': '*' } } },
    ],
  });
  const actions = [
    'sts:AssumeRole',
    'iam:AttachRolePolicy',
    'organizations:ListAccounts',
    'servicecatalog:SearchProvisionedProducts',
    'cloudformation:DescribeStackSet',
    'lambda:InvokeFunction',
    'sso:GetProfile',
    'sso-directory:SearchUsers',
    'controltower:DescribeManagedAccount',
    's3:GetObject',
    'servicequotas:GetServiceQuota',
    'config:DescribeDeliveryChannels',
  ];
  const questions = actions.map((action) => ({
    principalArn: `arn:aws:sts::${account}:assumed-role/reader/session`,
    action,
    resource: /^(?:sts|iam):/.test(action) ? `arn:aws:iam::${account}:role/read` : '*',
    resourceAccountId: account,
    conditions: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/reader`, 'sts:ExternalId': 'any' },
    identityPolicies: [{ name: 'everything', document: everything }],
    scpLevels: [],
  }));
  await Promise.all(questions.map(evaluate));
}
