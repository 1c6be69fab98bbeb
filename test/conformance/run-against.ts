import type { ServiceName } from '../../conformance/case';
import { findGround } from '../../conformance/ground';
import { makeGround } from '../../conformance/own-ground';
import type { Known } from '../../conformance/references';
import { type CaseResult, runSuite } from '../../conformance/suite';
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

export interface Begun {
  /** Every case, or those of one service. */
  readonly run: (only?: ServiceName, onResult?: (result: CaseResult) => void) => Promise<readonly CaseResult[]>;
  readonly stop: Target['stop'];
}

/** Starts a target and finds on it what cases need. */
export async function begin(name: TargetName): Promise<Begun> {
  const target = await TARGETS[name]();
  try {
    const facts = await factsOf(target);
    return {
      run: (only, onResult = () => undefined) =>
        runSuite({
          onResult,
          ...{ subject: target.subject, facts, run: RUN, accounts: Number.POSITIVE_INFINITY },
          isDone: ({ service }) => only !== undefined && service !== only,
        }),
      stop: target.stop,
    };
  } catch (error) {
    await target.stop();
    throw error;
  }
}

async function factsOf({ subject, now, outsider }: Target): Promise<Known> {
  const mailbox = { name: 'aws', domain: 'corp.example' };
  const found = await findGround(subject, {
    now: now(),
    mailbox,
    run: RUN,
    ...(outsider === undefined ? {} : { outsider }),
  });
  return { ...found, ...(await makeGround(subject, found, RUN)) };
}
