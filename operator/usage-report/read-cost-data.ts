import { readdirSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { type Checked, type Fault, refused } from '../../functions/domain/base/fault';
import type { AccountNames } from './account-names';
import type { AnswerPage, CostAnswers } from '../../functions/metering/domain/cost-answers';
import { faultsOf } from '../../functions/domain/base/schema-faults';
import { readJsonFile, reasonOf } from '../../infra/json-file';

export interface CostData {
  readonly answers: CostAnswers;
  /** The tenant of each account. */
  readonly tenants: ReadonlyMap<string, string>;
  /** What people call accounts, of those that somebody has named. */
  readonly names: ReadonlyMap<string, AccountNames>;
}

const ACCOUNTS_FILE = 'accounts.json';

const TextSchema = z.string().min(1, 'must not be empty');

/** An account may be listed without a tenant, and with the names of what is people's. */
const AccountsSchema = z.record(
  z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits'),
  z
    .union(
      [
        TextSchema,
        z.strictObject({
          tenantUuid: TextSchema.nullable(),
          workspaceIdentifier: TextSchema.exactOptional(),
          projectIdentifier: TextSchema.exactOptional(),
          accountName: TextSchema.exactOptional(),
          costCentre: TextSchema.exactOptional(),
        }),
      ],
      'must be the uuid of a tenant, null, or an object with tenantUuid and perhaps workspaceIdentifier, projectIdentifier, accountName and costCentre',
    )
    .nullable(),
);

/** Reads a folder of cost data: every file that cannot be used is named. */
export function readCostData(folder: string): Checked<CostData> {
  let files: readonly string[];
  try {
    files = readdirSync(folder).toSorted();
  } catch (error) {
    return refused({ field: folder, message: `cannot be read: ${reasonOf(error)}. Check the path.`, value: folder });
  }
  const faults = [...withoutCosts(files), ...misnamed(files)];
  const pagesOf = (operation: string): readonly AnswerPage[] =>
    files
      .filter((file) => isPageOf(operation, file))
      .flatMap((file) => {
        const content = readJsonFile(path.join(folder, file));
        if (content.ok) return [{ name: file, query: '', content: content.value }];
        faults.push(...content.faults.map((fault) => ({ ...fault, field: file })));
        return [];
      });
  const answers: CostAnswers = {
    costAndUsage: pagesOf('GetCostAndUsage'),
    reservationUtilization: pagesOf('GetReservationUtilization').map((page) => ({
      ...page,
      query: serviceIn(page.name),
    })),
    savingsPlansUtilizationDetails: pagesOf('GetSavingsPlansUtilizationDetails'),
  };
  const tenants = readAccounts(path.join(folder, ACCOUNTS_FILE));
  if (!tenants.ok) faults.push(...tenants.faults);
  return tenants.ok && faults.length === 0 ? { ok: true, value: { answers, ...tenants.value } } : refused(...faults);
}

const OPERATIONS = ['GetCostAndUsage', 'GetReservationUtilization', 'GetSavingsPlansUtilizationDetails'];

const isPageOf = (operation: string, file: string): boolean =>
  file === `${operation}.json` || (file.startsWith(`${operation}-`) && file.endsWith('.json'));

/** Reported beside other missing files; readers of the pages report months and accounts without costs. */
const withoutCosts = (files: readonly string[]): readonly Fault[] =>
  files.some((file) => isPageOf('GetCostAndUsage', file))
    ? []
    : [
        {
          field: 'GetCostAndUsage',
          message: 'is missing: there is no page of it (GetCostAndUsage-*.json), and so there are no costs.',
        },
      ];

/**
 * A page that is there and not read would be missing in the sum. What has another operation's name is somebody else's.
 */
function misnamed(files: readonly string[]): Fault[] {
  const looksLike = (file: string): string | undefined =>
    OPERATIONS.find((operation) => new RegExp(`^${operation}(?![a-z])`, 'i').test(file));
  return files.flatMap((file) => {
    const operation = looksLike(file);
    if (operation === undefined || isPageOf(operation, file)) return [];
    const message = `is not read by this name, and its amounts would be missing. Name it ${operation}-1.json, with any number or name at the end, or move it away.`;
    return [{ field: file, message, value: file }];
  });
}

/**
 * `GetReservationUtilization-Amazon Redshift-2.json`: the second page about Amazon Redshift. The number may stand
 * before the service, too.
 */
const serviceIn = (file: string): string =>
  path
    .basename(file, '.json')
    .replace(/^GetReservationUtilization-?/, '')
    .replace(/^(page|p)?[-_ ]*\d+[-_. ]+(?=\D)/i, '')
    .replace(/(^|[-_. ]+)(page|p)?[-_ ]*\d+([-_. ]+\d+)*$/i, '');

function readAccounts(file: string): Checked<Pick<CostData, 'tenants' | 'names'>> {
  const content = readJsonFile(file);
  if (!content.ok) return refused(...content.faults.map((fault) => ({ ...fault, field: ACCOUNTS_FILE })));
  const parsed = AccountsSchema.safeParse(content.value, { reportInput: true });
  if (!parsed.success) {
    const faults = faultsOf(parsed.error, AccountsSchema, 'content');
    return refused(...faults.map((fault) => ({ ...fault, field: `${ACCOUNTS_FILE}: ${fault.field}` })));
  }
  const accounts = Object.entries(parsed.data).map(([id, given]) => {
    const { tenantUuid, ...names } = typeof given === 'object' && given !== null ? given : { tenantUuid: given };
    return { id, tenantUuid, names };
  });
  const tenants = new Map(
    accounts.flatMap(({ id, tenantUuid }) => (tenantUuid === null ? [] : [[id, tenantUuid] as const])),
  );
  return { ok: true, value: { tenants, names: new Map(accounts.map(({ id, names }) => [id, names] as const)) } };
}
