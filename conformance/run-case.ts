import type { AwsCall } from './aws-calls';
import {
  type ConformanceCase,
  isOutside,
  operationOf,
  type ServiceName,
  SERVICES,
  type SessionPolicies,
  type Step,
} from './case';
import { statusOf } from './error-statuses';
import { mismatch } from './pattern';
import { type Known, resolved, UnknownReferenceError } from './references';

/** What is asked: a model, an emulator, or AWS. */
export interface Subject {
  readonly region: string;
  /**
   * @param roleArn by which the call is made; absent: by the caller itself
   * @param session what the role's session is opened with
   */
  readonly call: (call: AwsCall, roleArn: string | undefined, session?: SessionPolicies) => Promise<unknown>;
  /** By an administrator of an account that the caller cannot enter. Absent: there is none. */
  readonly callFrom?: (call: AwsCall, accountId: string) => Promise<unknown>;
  readonly wait: (seconds: number) => Promise<void>;
  /** The most seconds that anything is waited for, where nothing takes time. Absent: as long as a step says. */
  readonly patience?: number;
  /** Errors are compared by their names, and neither by status nor by members: an emulator. */
  readonly comparesNames?: boolean;
  /** Whether an error says that the operation is not there at all. */
  readonly isMissing: (fault: Fault) => boolean;
}

export interface Fault {
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
  /** What else it says, such as a Reason. */
  readonly members?: object;
}

export type Verdict = 'agrees' | 'differs' | 'not implemented' | 'not reached';

export interface Outcome {
  readonly verdict: Verdict;
  /** Where it does not agree: the call, and why. */
  readonly why?: string;
  /** What was said to each call, in order. */
  readonly said: readonly Said[];
}

export interface Said {
  readonly call: string;
  readonly input: unknown;
  readonly answer?: unknown;
  readonly error?: string;
  readonly message?: string;
}

/** Seconds between two looks at what takes its time: five, and more where it has taken minutes already. */
const pauseAfter = (waited: number): number => Math.min(60, Math.max(5, Math.floor(waited / 10)));

/** @param onSaved is told what is known, whenever that has grown */
export async function runCase(
  subject: Subject,
  service: ServiceName,
  one: ConformanceCase,
  facts: Known,
  onSaved: (known: Known) => void = () => undefined,
): Promise<Outcome> {
  const said: Said[] = [];
  const known: Record<string, unknown> = { ...facts };
  let outcome: Omit<Outcome, 'said'> = { verdict: 'agrees' };
  for (const step of one.steps) {
    outcome = await take(subject, { service, known, said }, step);
    if (step.save !== undefined) onSaved(known);
    if (outcome.verdict !== 'agrees') break;
  }
  await cleanUp(subject, service, one, known);
  return { ...outcome, said };
}

/** What was not made, or is not known here, need not go. */
export async function cleanUp(
  subject: Subject,
  service: ServiceName,
  { cleanup = [] }: ConformanceCase,
  facts: Known,
): Promise<void> {
  const known = { ...facts };
  for (const step of cleanup) await take(subject, { service, known, said: [] }, step);
}

interface Progress {
  readonly service: ServiceName;
  /** Grows by what steps save. */
  readonly known: Record<string, unknown>;
  readonly said: Said[];
}

async function take(subject: Subject, progress: Progress, step: Step): Promise<Omit<Outcome, 'said'>> {
  try {
    return await takeKnown(subject, progress, resolved(step, progress.known));
  } catch (error) {
    if (error instanceof UnknownReferenceError) return { verdict: 'not reached', why: error.message };
    throw error;
  }
}

async function takeKnown(subject: Subject, progress: Progress, step: Step): Promise<Omit<Outcome, 'said'>> {
  if (step.after !== undefined) await subject.wait(step.after);
  const { asked, why } = await settled(subject, progress, step);
  const answered = { call: step.call, input: step.input };
  if ('fault' in asked) {
    progress.said.push({ ...answered, error: asked.fault.name, message: asked.fault.message });
    if (subject.isMissing(asked.fault)) return { verdict: 'not implemented', why: step.call };
  } else {
    progress.said.push({ ...answered, answer: asked.answer });
  }
  if (why !== undefined) return { verdict: 'differs', why: `${step.call}: ${why}` };
  if (step.save !== undefined && 'answer' in asked) progress.known[step.save] = asked.answer;
  return { verdict: 'agrees' };
}

/** What is said in the end: what is expected may take its time. */
async function settled(
  subject: Subject,
  progress: Progress,
  step: Step,
): Promise<{ readonly asked: Asked; readonly why: string | undefined }> {
  const most = Math.min(step.within ?? 0, subject.patience ?? Number.POSITIVE_INFINITY);
  for (let waited = 0; ;) {
    const asked = await ask(subject, progress, step);
    const why = unexpected(asked, step) ?? otherDetails(subject, progress, asked, step);
    const isOver = why === undefined || waited >= most || ('fault' in asked && subject.isMissing(asked.fault));
    if (isOver) return { asked, why };
    const pause = pauseAfter(waited);
    await subject.wait(pause);
    waited += pause;
  }
}

const roleOf = (by: string): string =>
  by === 'role'
    ? 'arn:{{partition}}:iam::{{management}}:role/{{unique}}'
    : `arn:{{partition}}:iam::{{${by}}}:role/OrganizationAccountAccessRole`;

type Asked = { readonly answer: unknown } | { readonly fault: Fault };

function serviceOf({ call }: Step, own: ServiceName): ServiceName {
  const [prefix] = call.split(':');
  return SERVICES.find((one) => one === prefix) ?? own;
}

async function ask(subject: Subject, { service: own, known }: Progress, step: Step): Promise<Asked> {
  const input: unknown = step.input;
  const call = {
    service: serviceOf(step, own),
    operation: operationOf(step),
    input: typeof input === 'object' && input !== null ? input : {},
    region: step.region ?? subject.region,
  };
  try {
    return { answer: withoutMetadata(await callBy(subject, call, step, known)) };
  } catch (error) {
    if (error instanceof Error && '$metadata' in error) return { fault: faultOf(error) };
    throw error;
  }
}

function callBy(subject: Subject, call: AwsCall, { as: by, session }: Step, known: Known): Promise<unknown> {
  if (!isOutside(by)) {
    const roleArn = by === undefined ? undefined : resolved<string>(roleOf(by), known);
    return subject.call(call, roleArn, session);
  }
  const accountId = resolved<string>(`{{${by}}}`, known);
  if (subject.callFrom === undefined) throw new UnknownReferenceError(by);
  return subject.callFrom(call, accountId);
}

const withoutMetadata = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null
    ? Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '$metadata'))
    : answer;

function faultOf(error: Error): Fault {
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  const { name, message } = error;
  return { name, message, status: typeof status === 'number' ? status : undefined, members: error };
}

function unexpected(asked: Asked, { expect }: Step): string | undefined {
  if ('fault' in asked) {
    const { name, message } = asked.fault;
    if ('output' in expect) {
      return expect.orErrors?.includes(name) === true ? undefined : `refused with ${name}: ${message}`;
    }
    return expect.errors.includes(name) ? undefined : `refused with ${name}, not ${expect.errors.join(' or ')}`;
  }
  return 'output' in expect
    ? mismatch(asked.answer, expect.output)
    : `answered, not refused with ${expect.errors.join(' or ')}`;
}

/** Of an error with the name that is expected: its status is that of AWS's model, and its members fit. */
function otherDetails(
  { comparesNames = false }: Subject,
  { service: own }: Progress,
  asked: Asked,
  step: Step,
): string | undefined {
  if (comparesNames || !('fault' in asked)) return undefined;
  const { name, status, members } = asked.fault;
  const known = statusOf(serviceOf(step, own), name);
  if (known !== undefined && status !== known)
    return `refused with ${name} and status ${status ?? 'none'}, not ${known}`;
  const pattern = 'errors' in step.expect && step.expect.errors[0] === name ? step.expect.members : undefined;
  return pattern === undefined ? undefined : mismatch(members, pattern, name);
}
