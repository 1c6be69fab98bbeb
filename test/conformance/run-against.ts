import { findGround } from '../../conformance/ground';
import { makeGround } from '../../conformance/own-ground';
import { type CaseResult, runSuite } from '../../conformance/suite';
import { type TargetName, TARGETS } from './targets';

const RUN = 'local';

/** Every case on a target that is started for it. */
export async function runAgainst(name: TargetName): Promise<readonly CaseResult[]> {
  const { subject, now, stop } = await TARGETS[name]();
  try {
    const mailbox = { name: 'aws', domain: 'corp.example' };
    const found = await findGround(subject, { now: now(), mailbox, run: RUN });
    const facts = { ...found, ...(await makeGround(subject, found, RUN)) };
    return await runSuite({ subject, facts, run: RUN, accounts: Number.POSITIVE_INFINITY });
  } finally {
    await stop();
  }
}
