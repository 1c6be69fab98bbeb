import {
  type Rollout,
  RolloutAcceptedSchema,
  RolloutListSchema,
  RolloutSchema,
  type RolloutTenants,
  RolloutTenantsSchema,
} from '../../functions/api/rollout-responses';
import type { RolloutRequest } from '../../functions/domain/rollout/rollout-request';
import type { CommandContext } from '../command-context';
import { apiAnswer } from '../vendings/api-answer';
import { refuseUnpromoted, writePromotion } from './promotion';
import { planText, progressLine, tenantsText } from './rollout-text';

interface Asked {
  readonly json: boolean;
  readonly apiUrl: string;
}

type Context = Pick<CommandContext, 'print' | 'notify' | 'pause'>;

const PAUSE_SECONDS = 5;

/** As many as the API gives at once. */
const PAGE = '100';

/**
 * `rollouts plan`: shows what a rollout would change, and how to start it.
 *
 * @returns 1: it was refused, or some tenant cannot be planned
 */
export async function planRollout(
  { json, apiUrl, ...request }: Asked & RolloutRequest,
  context: Context,
): Promise<number> {
  const { id } = await apiAnswer(apiUrl, { method: 'POST', path: '/rollouts', body: request }, RolloutAcceptedSchema);
  const rollout = await whileIn(apiUrl, id, ['PLANNING', 'SUMMING'], context);
  const { tenants } = await tenantsOf(apiUrl, id);
  context.print(json ? `${JSON.stringify({ ...rollout, tenants }, null, 2)}\n` : planText(rollout, tenants));
  if (rollout.token !== null) {
    context.notify(`Nothing was changed. To carry it out:\nnpx account-vending rollouts start ${rollout.token}\n`);
  }
  return rollout.status === 'PLANNED' && rollout.refused === 0 ? 0 : 1;
}

interface StartAsked {
  readonly token: string;
  readonly consent: number | undefined;
  /** The record of the organization before, and the folder of this one's configuration. */
  readonly promotion?: PromotionAsked;
}

export interface PromotionAsked {
  readonly file: string;
  readonly folder: string;
}

/** `rollouts promote ID`: lets the next organization know that these files were rolled out here. */
export async function promoteRollout(
  { json, apiUrl, id, file, folder }: Asked & PromotionAsked & { readonly id: string },
  { print, notify }: Pick<Context, 'print' | 'notify'>,
): Promise<number> {
  const facts = writePromotion(file, await rolloutOf(apiUrl, id), folder);
  if (json) print(`${JSON.stringify(facts, null, 2)}\n`);
  notify(
    `${file} was written. In the next organization: npx account-vending rollouts start TOKEN --after-promotion ${file}\n`,
  );
  return 0;
}

/**
 * `rollouts start TOKEN`: carries out a plan, and shows how far it has come.
 *
 * @param consent the number of tenants with severe changes
 * @returns 1: it has not come to its end, or a tenant has failed
 */
export async function startRollout(
  { json, apiUrl, token, consent, promotion }: Asked & StartAsked,
  context: Context,
): Promise<number> {
  const [id = ''] = token.split('.');
  if (promotion !== undefined) refuseUnpromoted(promotion.file, await rolloutOf(apiUrl, id), promotion.folder);
  const body = { token, ...(consent === undefined ? {} : { consent }) };
  await apiAnswer(apiUrl, { method: 'POST', path: `${pathOf(id)}/start`, body }, RolloutSchema);
  return watched(apiUrl, id, json, context);
}

export type RolloutAction = 'pause' | 'resume' | 'retry' | 'abort';

/** `rollouts pause|resume|retry|abort ID`. */
export async function actOnRollout(
  { json, apiUrl, id, action }: Asked & { readonly id: string; readonly action: RolloutAction },
  context: Context,
): Promise<number> {
  const rollout = await apiAnswer(apiUrl, { method: 'POST', path: `${pathOf(id)}/${action}` }, RolloutSchema);
  if (action === 'resume' || action === 'retry') return watched(apiUrl, id, json, context);
  context.print(json ? `${JSON.stringify(rollout, null, 2)}\n` : progressLine(rollout));
  return 0;
}

/** `rollouts show ID`: with `failed` those that have failed alone. */
export async function showRollout(
  { json, apiUrl, id, failed }: Asked & { readonly id: string; readonly failed: boolean },
  { print }: Pick<Context, 'print'>,
): Promise<number> {
  const rollout = await rolloutOf(apiUrl, id);
  const { tenants } = await tenantsOf(apiUrl, id);
  const shown = failed ? tenants.filter(({ state }) => state === 'FAILED' || state === 'REFUSED') : tenants;
  if (json) print(`${JSON.stringify({ ...rollout, tenants: shown }, null, 2)}\n`);
  else print(`${progressLine(rollout)}${tenantsText(shown)}`);
  return rollout.failed === 0 ? 0 : 1;
}

/** `rollouts list`: newest first. */
export async function listRollouts(
  { json, apiUrl }: Asked,
  { print, notify }: Pick<Context, 'print' | 'notify'>,
): Promise<number> {
  const query = { limit: PAGE };
  const list = await apiAnswer(apiUrl, { method: 'GET', path: '/rollouts', query }, RolloutListSchema);
  print(json ? `${JSON.stringify(list, null, 2)}\n` : list.rollouts.map(progressLine).join(''));
  if (list.rollouts.length === 0) notify('There was no rollout yet. npx account-vending rollouts plan makes one.\n');
  return 0;
}

const pathOf = (id: string): string => `/rollouts/${encodeURIComponent(id)}`;

const rolloutOf = (apiUrl: string, id: string): Promise<Rollout> =>
  apiAnswer(apiUrl, { method: 'GET', path: pathOf(id) }, RolloutSchema);

async function tenantsOf(apiUrl: string, id: string): Promise<RolloutTenants> {
  const tenants: RolloutTenants['tenants'] = [];
  let cursor: string | null = null;
  do {
    const query = { limit: PAGE, ...(cursor === null ? {} : { cursor }) };
    const call = { method: 'GET', path: `${pathOf(id)}/tenants`, query } as const;
    const page: RolloutTenants = await apiAnswer(apiUrl, call, RolloutTenantsSchema);
    tenants.push(...page.tenants);
    cursor = page.cursor;
  } while (cursor !== null);
  return { tenants, cursor };
}

async function watched(apiUrl: string, id: string, json: boolean, context: Context): Promise<number> {
  const rollout = await whileIn(apiUrl, id, ['RUNNING'], context);
  context.print(json ? `${JSON.stringify(rollout, null, 2)}\n` : progressLine(rollout));
  if (rollout.reason !== null) context.notify(`${rollout.reason}\n`);
  return rollout.status === 'ENDED' && rollout.failed === 0 ? 0 : 1;
}

async function whileIn(
  apiUrl: string,
  id: string,
  statuses: readonly Rollout['status'][],
  { notify, pause }: Context,
): Promise<Rollout> {
  let rollout = await rolloutOf(apiUrl, id);
  for (let told = ''; statuses.includes(rollout.status);) {
    const line = progressLine(rollout);
    if (line !== told) notify(line);
    told = line;
    await pause(PAUSE_SECONDS);
    rollout = await rolloutOf(apiUrl, id);
  }
  return rollout;
}
