import { type Fault, refused } from '../../functions/domain/base/fault';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { adfAccounts } from './adf-accounts';
import { aftRequests } from './aft-requests';
import { knownAccounts } from './known-accounts';
import { lzaAccounts } from './lza-accounts';
import { mappedRows, type MappingRules } from './mapped-rows';
import { mappingCsv } from './mapping-csv';
import { joined } from './source-account';

export interface AdoptionMappingOptions extends MappingRules {
  readonly aft: readonly string[];
  readonly lza: readonly string[];
  readonly adf: readonly string[];
  /** The answer of `aws organizations list-accounts`. */
  readonly accounts: string | undefined;
}

/**
 * Makes the mapping of an adoption from what AFT, LZA or ADF keep about their accounts. It reads files alone.
 *
 * @returns 0: the mapping was printed
 * @throws OperatorError with everything that is wrong; then nothing is printed
 */
export function adoptionMapping(
  { aft, lza, adf, accounts, ...rules }: AdoptionMappingOptions,
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): number {
  const source = joined([...aft.map(aftRequests), ...lza.map(lzaAccounts), ...adf.map(adfAccounts)]);
  const known = knownAccounts(accounts);
  const mapped = known.ok ? mappedRows(source, known.value, rules) : refused(...source.faults, ...known.faults);
  if (!mapped.ok) throw new OperatorError(textOf(mapped.faults));
  const { rows, leftOut } = mapped.value;
  for (const { at, name, why } of leftOut) notify(`${at}: ${name} was left out: ${why}.\n`);
  if (rows.length === 0) throw new OperatorError('No account is left to be adopted, so no mapping was written.');
  print(mappingCsv(rows));
  notify(
    `${rows.length} accounts. Read the mapping, and go on with npx account-vending vendings adopt --mapping FILE --dry-run.\n`,
  );
  return 0;
}

const textOf = (faults: readonly Fault[]): string =>
  [
    `${faults.length === 1 ? 'One fault' : `${faults.length} faults`}, so no mapping was written:`,
    ...faults.map(({ field, message }) => `  ${field} ${message}`),
  ].join('\n');
