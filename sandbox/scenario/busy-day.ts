import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { LedgerStore } from '../../functions/ports/ledger-store';
import { EXAMPLE_EXTERNAL_ID } from '../organization/example-organization';
import { seededRandom } from '../organization/draw';
import type { Organization } from '../organization/organization';
import { loadPolicyTables } from '../organization/authorization/policy-simulation';
import { EmbeddedApplication } from '../runtime/embedded/embedded-application';
import { SandboxError } from '../runtime/ministack/sandbox-error';
import type { Stage } from '../runtime/stage/stage';
import { VirtualClock } from '../runtime/embedded/virtual-clock';
import { BUSY_TENANTS, desiredStateOf, type Fate } from './busy-tenants';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** After so long, some accounts are being made, and the others still wait in line. */
const LAST_SECONDS = 15;

/** How far back the busy day begins, in seconds: a month of costs, and then a night and a morning. */
export const BUSY_SECONDS = 27 * DAY;

export interface BusyDayOptions {
  readonly organization: Organization;
  readonly configuration: Configuration;
  readonly ledger: LedgerStore;
  /** Of the end of the day: now. */
  readonly until: Date;
  /** What is ordered right before the end. Absent: nothing, and then nothing is under way. */
  readonly lastOrders?: (application: EmbeddedApplication) => Promise<void>;
}

/**
 * A month, a night and a morning of forty tenants, in virtual time: the application itself has vended, failed, found
 * drift and counted costs. It ends now.
 */
export async function busyDay({ lastOrders, until, ...parts }: BusyDayOptions): Promise<void> {
  await loadPolicyTables();
  const begin = until.getTime() - BUSY_SECONDS * 1000;
  const plays: { application?: EmbeddedApplication } = {};
  const clock = new VirtualClock(new Date(begin), () => plays.application?.busy ?? false, seededRandom(1));
  try {
    const application = new EmbeddedApplication({ ...parts, externalId: EXAMPLE_EXTERNAL_ID });
    plays.application = application;
    const passUntil = (secondsBeforeNow: number): Promise<void> =>
      clock.pass(Math.max(1, (until.getTime() - Date.now()) / 1000 - secondsBeforeNow));
    await firstWeek(application, (seconds) => clock.pass(seconds));
    await dailyCosts(application, (seconds) => clock.pass(seconds));
    changeByHand(parts.organization);
    await passUntil(9 * HOUR);
    application.startNight();
    await passUntil(3 * HOUR);
    await morning(application, (seconds) => clock.pass(seconds));
    await passUntil(LAST_SECONDS);
    await lastOrders?.(application);
    await passUntil(0);
  } finally {
    clock.uninstall();
  }
}

type Pass = (seconds: number) => Promise<void>;

const those = (...fates: readonly Fate[]): typeof BUSY_TENANTS =>
  BUSY_TENANTS.filter(({ fate }) => fates.includes(fate));

/** Accounts that have been there for a while, and two that have gone. */
async function firstWeek(application: EmbeddedApplication, pass: Pass): Promise<void> {
  for (const tenant of those('vended', 'closed', 'superseded')) {
    application.sendEvent(desiredStateOf(tenant));
    await pass(5 * MINUTE);
  }
  await pass(3 * HOUR);
  for (const tenant of those('closed')) {
    application.sendEvent(desiredStateOf(tenant, { sequence: 2, lifecycle: 'MARKED_FOR_DELETION' }));
    await pass(HOUR);
  }
}

async function dailyCosts(application: EmbeddedApplication, pass: Pass): Promise<void> {
  for (let day = 0; day < 25; day += 1) {
    await pass(DAY);
    if (day % 8 === 7 || day === 24) await application.collectCosts();
  }
}

/** What a person at the console of AWS has done, and the night finds. */
function changeByHand({ state }: Organization): void {
  const accounts = [...state.accounts.values()].filter(({ tags }) => tags.has('meshstack_project'));
  accounts.forEach((account, index) => {
    if (index % 3 === 0) account.tags.set('meshstack_workspace', 'somebody-else');
    if (index % 5 === 1) account.alias = `by-hand-${index}`;
    if (index % 5 === 2) account.tags.delete('meshstack_project');
  });
}

async function morning(application: EmbeddedApplication, pass: Pass): Promise<void> {
  const preflight = await application.callApi({ method: 'POST', path: '/preflight' });
  if (preflight.status >= 300) throw new Error(`The preflight was refused: ${JSON.stringify(preflight.body)}`);
  for (const tenant of those('fails')) {
    const isImport = tenant.project.startsWith('import-');
    application.sendEvent(desiredStateOf(tenant, isImport ? { platformTenantId: '666666666666' } : {}));
    await pass(4 * MINUTE);
  }
  for (const tenant of those('rejected', 'shadowed')) {
    application.sendEvent(desiredStateOf(tenant));
    await pass(2 * MINUTE);
  }
  for (const tenant of those('superseded'))
    for (const sequence of [2, 3, 4]) application.sendEvent(desiredStateOf(tenant, { sequence }));
  await pass(HOUR);
}

/** More at once than AWS makes at once, and two that wait for somebody. @throws SandboxError where one is refused */
export async function orderTheOthers(callApi: Stage['callApi']): Promise<void> {
  for (const tenant of those('queued', 'awaits approval')) {
    const { status, body } = await callApi({ method: 'POST', path: '/vendings', body: desiredStateOf(tenant) });
    if (status < 300) continue;
    throw new SandboxError(
      `${tenant.workspace}.${tenant.project} could not be ordered: ${JSON.stringify(body)}. Start it with the configuration of the scenario.`,
    );
  }
}
