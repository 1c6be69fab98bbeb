import type { AccountReading } from '../../organization/independent-reader';
import type { DemoReport } from './report';
import { isFulfilled, type OrderStatus } from './vend';

/** What was made, and what went wrong, for people. */
export function summaryOf(report: DemoReport, statuses: readonly OrderStatus[]): string {
  const accounts = statuses.map((status) => {
    const made = report.organization.accounts.find(({ id }) => id === status.detail?.account?.id);
    return [headline(status), ...(made === undefined ? [] : factsOf(made)), ...troubles(status)].join('\n');
  });
  const { calls, notYet } = report.authorization;
  return [
    '',
    ...accounts,
    '',
    meteringOf(report.metering),
    '',
    `The organization answered ${calls} calls (${notYet} of them with "not yet"). ` +
      'What stands above was read from it by an independent reader.',
    '',
  ].join('\n');
}

function headline(ended: OrderStatus): string {
  const { order, status, detail } = ended;
  const name = detail === null ? order.source : `${detail.workspaceIdentifier}.${detail.projectIdentifier}`;
  return `${isFulfilled(ended) ? '✔' : '✘'} ${name}: ${status}`;
}

function factsOf(account: AccountReading): readonly string[] {
  const tags = Object.entries(account.tags).map(([key, value]) => `${key}=${value}`);
  return [
    `    account  ${account.id}  ${account.name}`,
    `    e-mail   ${account.email}`,
    `    alias    ${account.alias ?? 'none'}`,
    `    OU       ${account.ouId}`,
    `    tags     ${tags.join(', ')}`,
    `    roles    ${account.roles.map(({ name }) => name).join(', ')}`,
    ...furnitureOf(account),
    ...accessOf(account),
  ];
}

/** The access of people: each group with its members and permission sets, Control Tower's own among them. */
function accessOf({ groups, assignments }: AccountReading): readonly string[] {
  return groups.map(({ id, name, members }) => {
    const sets = assignments.filter(({ principalId }) => principalId === id).map(({ permissionSet }) => permissionSet);
    return `    access   ${name} → ${sets.join(', ')}: ${members.length === 0 ? 'nobody' : members.join(', ')}`;
  });
}

/** What the landing zone has put into the account, as far as there is any. */
function furnitureOf({ provisionedProduct, stackInstances, landingZonePayloads }: AccountReading): readonly string[] {
  const instances = stackInstances.map(({ stackSet, region, status }) => `${stackSet} in ${region} ${status}`);
  return [
    ...(provisionedProduct === null ? [] : [`    product  ${provisionedProduct.name} ${provisionedProduct.status}`]),
    ...(instances.length === 0 ? [] : [`    stacks   ${instances.join(', ')}`]),
    ...(landingZonePayloads.length === 0 ? [] : [`    function called ${landingZonePayloads.length} ×`]),
  ];
}

function troubles({ faults, detail, status }: OrderStatus): readonly string[] {
  const error = status === 'FAILED' ? detail?.lastError : null;
  return [
    ...faults.map(({ field, message }) => `    ${field} ${message}`),
    ...(error == null ? [] : [`    ${error.name}: ${error.message}`, `    ${error.remedy ?? ''}`]),
  ];
}

function meteringOf({ refusal, ...metering }: DemoReport['metering']): string {
  if (refusal !== undefined) return `Usage cannot be read here: ${refusal}`;
  const { month, currency, invoiceTotal, reports, tenants, requests } = metering;
  const ours = tenants.map(({ tenantUuid, total }) => `    usage    ${tenantUuid}  ${total} ${currency}`);
  const all = `Usage of ${month} so far: ${invoiceTotal} ${currency} in ${reports} accounts, read from ${requests} pages of Cost Explorer`;
  return [all, ...ours].join('\n');
}
