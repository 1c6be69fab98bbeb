import type { Fault } from '../../functions/domain/base/fault';

/** An account as the files of another tool tell of it. */
export interface SourceAccount {
  /** Where its author finds it: `accounts-config.yaml:14`. */
  readonly at: string;
  readonly name: string;
  readonly email: string;
  /** The tool finds the account by its name, whatever its e-mail. */
  readonly isFoundByName: boolean;
  /** As the tool's file has it; null where the file knows e-mails alone. */
  readonly accountId: string | null;
  /** Its organizational unit, as the tool writes it. */
  readonly unit: string;
  /** Other names of the unit by which it may be meant. */
  readonly unitAliases: readonly string[];
  readonly contactEmail: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** AFT's custom fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/** An account that is not to be adopted, and why. */
export interface LeftOut {
  readonly at: string;
  readonly name: string;
  readonly why: string;
}

/** What a file says; with faults, not all of it. */
export interface ReadSource {
  readonly accounts: readonly SourceAccount[];
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

export const joined = (sources: readonly ReadSource[]): ReadSource => ({
  accounts: sources.flatMap(({ accounts }) => accounts),
  leftOut: sources.flatMap(({ leftOut }) => leftOut),
  faults: sources.flatMap(({ faults }) => faults),
});

export const failed = (...faults: readonly Fault[]): ReadSource => ({ accounts: [], leftOut: [], faults });
