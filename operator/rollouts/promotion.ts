import { readFileSync, writeFileSync } from 'node:fs';

import * as z from 'zod';

import type { Rollout } from '../../functions/api/rollout-responses';
import { contentHash, parsedJson } from '../../functions/domain/base/json';
import { configurationHash } from '../../functions/domain/configuration/configuration-hash';
import { loadConfiguration } from '../../infra/config';
import { baseHashOf } from '../../infra/overlay';
import { OperatorError } from '../operator-error';
import { asJson } from '../written/write-files';

const FactsSchema = z.strictObject({
  version: z.literal(1),
  /** Of the files that both organizations share: the base of an overlay, or the folder itself. */
  baseHash: z.string(),
  /** Of the configuration as this organization has it. */
  configurationHash: z.string(),
  rolloutId: z.string(),
  endedAt: z.string(),
  done: z.int(),
  failed: z.int(),
});

/** What one organization hands on to the next: the rollout that has brought these files to its tenants. */
const PromotionSchema = FactsSchema.extend({
  /** Of all fields above: a record that was edited is refused. It does not say who has written it. */
  hash: z.string(),
});

type Facts = Readonly<z.infer<typeof FactsSchema>>;

/**
 * Writes the record of a rollout that has ended, with the files that it has rolled out.
 *
 * @throws OperatorError where it has not ended, tenants have failed, or the folder is another configuration
 */
export function writePromotion(file: string, rollout: Rollout, folder: string): object {
  const { id, status, endedAt, done, failed, targetHash } = rollout;
  if (status !== 'ENDED' || endedAt === null) {
    throw new OperatorError(`The rollout ${id} is ${status}: only one that has ENDED can be promoted.`);
  }
  if (failed > 0) {
    throw new OperatorError(
      `${failed} tenants of the rollout ${id} have failed. Replay them, and plan another rollout, which ends without any.`,
    );
  }
  refuseOther(folder, targetHash, `the rollout ${id}`);
  const facts: Facts = {
    version: 1,
    baseHash: baseHashOf(folder),
    configurationHash: targetHash,
    rolloutId: id,
    endedAt,
    done,
    failed,
  };
  const record = { ...facts, hash: contentHash(facts) };
  writeFileSync(file, asJson(record));
  return record;
}

/**
 * Lets a rollout start after the same files were rolled out in another organization.
 *
 * @throws OperatorError where the record is none, was edited, or is of other files
 */
export function refuseUnpromoted(file: string, rollout: Rollout, folder: string): void {
  const { hash, ...facts } = readPromotion(file);
  if (hash !== contentHash(facts)) {
    throw new OperatorError(`${file} was changed since it was written. Take it from the first organization again.`);
  }
  refuseOther(folder, rollout.targetHash, `the rollout ${rollout.id}`);
  const baseHash = baseHashOf(folder);
  if (facts.baseHash === baseHash) return;
  throw new OperatorError(
    `${file} is of other files (${facts.baseHash.slice(0, 12)}…) than ${folder} (${baseHash.slice(0, 12)}…). ` +
      'Roll these out in the first organization, and take its record.',
  );
}

function readPromotion(file: string): z.infer<typeof PromotionSchema> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new OperatorError(
      `${file} cannot be read. Write it in the first organization: npx account-vending rollouts promote.`,
    );
  }
  const read = PromotionSchema.safeParse(parsedJson(text));
  if (read.success) return read.data;
  throw new OperatorError(`${file} is no record of npx account-vending rollouts promote. Write it again.`);
}

function refuseOther(folder: string, targetHash: string, what: string): void {
  const hash = configurationHash(loadConfiguration(folder));
  if (hash === targetHash) return;
  throw new OperatorError(
    `The configuration in ${folder} (${hash.slice(0, 12)}…) is not that of ${what} (${targetHash.slice(0, 12)}…). ` +
      'Check out the commit that was deployed, or name its folder by --config.',
  );
}
