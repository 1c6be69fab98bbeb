import type { SharedAccount } from '../../ports/control-tower';

/**
 * The accounts that the manifest of a landing zone names. Its parts differ from version to version, and an account is
 * named by `accountId` in all of them, so every `accountId` counts, wherever it is.
 *
 * @evidence documented controltower/userguide/lz-manifest-file: up to 3.3, centralizedLogging.accountId and
 *   securityRoles.accountId
 * @evidence documented controltower/userguide/lz-api-launch: in 4.0 also config.accountId, and backup.configurations
 *   with backupAdmin and centralBackup
 */
export function sharedAccounts(manifest: unknown): readonly SharedAccount[] {
  const found = accountsIn(manifest, []);
  return [...new Map(found.toReversed().map((account) => [account.id, account])).values()].toReversed();
}

function accountsIn(node: unknown, path: readonly string[]): readonly SharedAccount[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: readonly [string, unknown]) =>
    key === 'accountId' && typeof value === 'string' && /^\d{12}$/.test(value)
      ? [{ id: value, part: path.join('.') }]
      : accountsIn(value, [...path, key]),
  );
}
