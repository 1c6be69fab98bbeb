import type { NumberedCase } from '../../conformance/all-cases';
import type { OtherOrganization } from '../../conformance/case';
import { findGround } from '../../conformance/ground';
import { makeGround } from '../../conformance/own-ground';
import type { Known } from '../../conformance/references';
import { type CaseResult, type Place, runSuite } from '../../conformance/suite';
import { type Target, type TargetName, TARGETS } from './targets';

const RUN = 'local';

/** Every case on a target that is started for it. */
export async function runAgainst(name: TargetName): Promise<readonly CaseResult[]> {
  const begun = await begin(name);
  try {
    return await begun.run();
  } finally {
    await begun.stop();
  }
}

/** What the model and two emulators answer, side by side: they share nothing. */
export async function compareWithEmulators(): Promise<Readonly<Record<TargetName, readonly CaseResult[]>>> {
  const [model, moto, ministack] = await Promise.all([
    runAgainst('model'),
    runAgainst('moto'),
    runAgainst('ministack'),
  ]);
  return { model, moto, ministack };
}

export interface Begun {
  /** Every case, or some. */
  readonly run: (
    isAsked?: (one: NumberedCase) => boolean,
    onResult?: (result: CaseResult) => void,
  ) => Promise<readonly CaseResult[]>;
  readonly stop: Target['stop'];
}

/** Starts a target and finds on it what cases need. */
export async function begin(name: TargetName): Promise<Begun> {
  const target = await TARGETS[name]();
  const others = new Map<OtherOrganization, Promise<Target>>();
  const stop = async (): Promise<void> => {
    for (const one of [target, ...(await Promise.all(others.values()))]) await one.stop();
  };
  try {
    const place = await placeOf(target);
    const places = new Map<OtherOrganization, Place>();
    // Only cases that are asked need another one.
    const other = async (kind: OtherOrganization): Promise<Place | undefined> => {
      const known = places.get(kind);
      if (known !== undefined || target.startOther === undefined) return known;
      const started = target.startOther(kind);
      others.set(kind, started);
      const found = await placeOf(await started);
      places.set(kind, found);
      return found;
    };
    return {
      run: (isAsked = () => true, onResult = () => undefined) =>
        runSuite({
          onResult,
          other,
          ...place,
          run: RUN,
          accounts: Number.POSITIVE_INFINITY,
          isDone: (one) => !isAsked(one),
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function placeOf(target: Target): Promise<Place> {
  return { subject: target.subject, facts: await factsOf(target) };
}

async function factsOf({ subject, now, given = {} }: Target): Promise<Known> {
  const mailbox = { name: 'aws', domain: 'corp.example' };
  const found = await findGround(subject, { now: now(), mailbox, run: RUN, given });
  return { ...found, ...(await makeGround(subject, found, RUN)) };
}
