/**
 * How Control Tower stands to an account, wherever that is, by whatever way it was enrolled.
 *
 * - `enrolled`: it has a baseline. Provisioned products do not tell: they outlive an enrollment, and many have none.
 * - `elsewhere`: it has one, and not that of the unit asked about, or it has drifted from that: somebody has moved the
 *   account by hand.
 * - `changing`: Control Tower is at work on that.
 * - `failed`: it has not got all of it: controls alone, for example, although the unit asked about has a baseline.
 * - `controlled`: no baseline, and controls, which from landing zone 4.0 on is governance as well.
 * - `shared`: a service integration account (audit, log archive), which the landing zone alone manages.
 *
 * @evidence documented controltower/userguide/types-of-baselines: ListEnabledBaselines with includeChildren tells the
 *   baseline of an account
 * @evidence documented controltower/userguide/table-of-baselines: every enrolled account has a baseline, whatever the
 *   version of the landing zone
 * @evidence documented controltower/userguide/governance-drift: a moved account has drifted until it is updated or its
 *   unit is registered again
 * @evidence documented controltower/userguide/governance-drift: controls of a former unit may stay on an account that
 *   was moved by hand
 * @evidence documented controltower/userguide/key-changes-lz-v4: any control or baseline on it makes an account
 *   governed
 */
export type Governance = 'enrolled' | 'elsewhere' | 'changing' | 'failed' | 'controlled' | 'shared' | 'none';

/** Whether taking a product of the account back, or moving the account, would take governance away. */
export const isGoverned = (governance: Governance): boolean => governance !== 'none';
