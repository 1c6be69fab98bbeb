import {
  type Adoption,
  AdoptionAcceptedSchema,
  AdoptionSchema,
  type Proposals,
  ProposalsSchema,
} from '../../functions/api/adoption-responses';
import type { CommandContext } from '../command-context';
import { apiAnswer } from '../vendings/api-answer';
import { readMapping } from './mapping-file';

export interface AdoptOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly mapping: string | undefined;
  readonly dryRun: boolean;
  readonly token: string | undefined;
}

type Context = Pick<CommandContext, 'print' | 'notify' | 'pause'>;

/** As many as the API gives at once. */
const PAGE = '100';
const PAUSE_SECONDS = 5;

/**
 * `vendings adopt`: shows what adopting the accounts would change, and adopts what a token names.
 *
 * @returns 1: some account cannot be adopted, or was not
 */
export async function adopt(options: AdoptOptions, context: Context): Promise<number> {
  return options.token === undefined ? propose(options, context) : consent(options, options.token, context);
}

async function propose({ json, apiUrl, mapping, dryRun }: AdoptOptions, context: Context): Promise<number> {
  const asked = mapping === undefined ? {} : { mapping: readMapping(mapping) };
  const { id } = await proposalsOf(apiUrl, asked);
  const proposals = await allProposals(apiUrl, id, context);
  if (json) context.print(`${JSON.stringify(proposals, null, 2)}\n`);
  else for (const proposal of proposals.proposals) context.print(textOf(proposal));
  const { accounts, refused, token, expiresAt } = proposals;
  context.notify(
    `${accounts} accounts: ${accounts - refused} can be adopted, ${refused} cannot. Nothing was adopted.\n`,
  );
  if (!dryRun && token !== null && accounts > refused) {
    context.notify(`To adopt them until ${expiresAt ?? ''}:\nnpx account-vending vendings adopt --token ${token}\n`);
  }
  return refused === 0 ? 0 : 1;
}

const proposalsOf = (apiUrl: string, body: object): Promise<Proposals> => {
  const query = { dryRun: 'true', limit: PAGE };
  return apiAnswer(apiUrl, { method: 'POST', path: '/adoptions', query, body }, ProposalsSchema);
};

/** Asked for again until there is one for each account. */
async function allProposals(apiUrl: string, id: string, { notify, pause }: Context): Promise<Proposals> {
  let page = await proposalsOf(apiUrl, { id });
  while (page.token === null) {
    if (page.pending !== null) notify(`${page.accounts - page.pending} of ${page.accounts} accounts were looked at.\n`);
    await pause(PAUSE_SECONDS);
    page = await proposalsOf(apiUrl, { id });
  }
  const all = [...page.proposals];
  for (let { cursor } = page; cursor !== null;) {
    const next = await proposalsOf(apiUrl, { id, cursor });
    all.push(...next.proposals);
    ({ cursor } = next);
  }
  return { ...page, proposals: all, cursor: null };
}

function textOf({
  accountId,
  accountName,
  desiredState,
  changes,
  changesLeftOut,
  refusal,
}: Proposals['proposals'][number]): string {
  const { ownedByWorkspace = '?', ownedByProject = '?' } = desiredState?.tenant.metadata ?? {};
  const zone = desiredState?.tenant.spec.landingZoneRef.name ?? '?';
  const head = `${accountId} (${accountName}): ${ownedByWorkspace}.${ownedByProject} in ${zone}\n`;
  if (refusal !== null)
    return `${head}    cannot be adopted (${refusal.state}): ${refusal.message} ${refusal.remedy ?? ''}\n`;
  const lines = (changes ?? []).map(
    ({ state, what, from, to }) => `    ${state}: ${what} ${from ?? '-'} -> ${to ?? '-'}\n`,
  );
  return [head, ...lines, ...(changesLeftOut === 0 ? [] : [`    and ${changesLeftOut} more changes\n`])].join('');
}

async function consent({ json, apiUrl, mapping }: AdoptOptions, token: string, context: Context): Promise<number> {
  const body = { token, ...(mapping === undefined ? {} : { mapping: readMapping(mapping) }) };
  const { id } = await apiAnswer(apiUrl, { method: 'POST', path: '/adoptions', body }, AdoptionAcceptedSchema);
  let adoption = await adoptionOf(apiUrl, id);
  for (let told = ''; adoption.status === 'VERIFYING' || adoption.status === 'ADOPTING';) {
    const line = progressOf(adoption);
    if (line !== told) context.notify(line);
    told = line;
    await context.pause(PAUSE_SECONDS);
    adoption = await adoptionOf(apiUrl, id);
  }
  context.print(json ? `${JSON.stringify(adoption, null, 2)}\n` : progressOf(adoption));
  if (adoption.reason !== null) context.notify(`${adoption.reason}\n`);
  return adoption.status === 'ENDED' && adoption.failed === 0 ? 0 : 1;
}

const adoptionOf = (apiUrl: string, id: string): Promise<Adoption> =>
  apiAnswer(
    apiUrl,
    { method: 'GET', path: `/adoptions/${encodeURIComponent(id)}`, query: { limit: PAGE } },
    AdoptionSchema,
  );

const progressOf = ({ id, status, adopted, running, waiting, failed, waitsUntil }: Adoption): string =>
  `${id} ${status}: ${adopted} adopted, ${running} running, ${waiting} waiting, ${failed} failed` +
  `${waitsUntil === null ? '' : `; AWS enrolls no more before ${waitsUntil}`}\n`;
