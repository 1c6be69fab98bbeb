import { api, dataOf, type Schemas } from './client';

export const replay = (tenantUuid: string): Promise<Schemas['VendingReplayed']> =>
  dataOf(api.POST('/vendings/{tenantUuid}/replay', { params: { path: { tenantUuid } } }));

export const stop = (tenantUuid: string, reason: string): Promise<Schemas['VendingStopped']> =>
  dataOf(api.POST('/vendings/{tenantUuid}/stop', { params: { path: { tenantUuid } }, body: { reason } }));

export const decide = (
  tenantUuid: string,
  decision: 'approve' | 'reject',
  reason: string,
): Promise<Schemas['VendingDecided']> =>
  dataOf(api.POST('/vendings/{tenantUuid}/approval', { params: { path: { tenantUuid } }, body: { decision, reason } }));

export const beginPreflight = (): Promise<Schemas['PreflightAccepted']> => dataOf(api.POST('/preflight'));

/** Proposals for all accounts that no tenant has; nothing is written in them. */
export const askForProposals = (): Promise<Proposals> => proposals({});

export const proposalsOf = (id: string, cursor: string | null): Promise<Proposals> =>
  proposals({ id, ...(cursor === null ? {} : { cursor }) });

type Proposals = Schemas['Proposals'];

async function proposals(body: Schemas['AdoptionRequest']): Promise<Proposals> {
  const answer = await dataOf(api.POST('/adoptions', { params: { query: { dryRun: true } }, body }));
  if ('proposals' in answer) return answer;
  throw new TypeError('The API has answered without proposals.');
}

/** @returns the id of the adoption */
export const adopt = async (token: string): Promise<string> =>
  (await dataOf(api.POST('/adoptions', { body: { token } }))).id;

type Letter = Pick<Schemas['DeadLetterSummary'], 'queue' | 'id'>;

export const sendLetterBack = ({ queue, id }: Letter): Promise<Schemas['DeadLetterReplayed']> =>
  dataOf(api.POST('/dead-letters/{queue}/{id}/replay', { params: { path: { queue: queueNamed(queue), id } } }));

export const deleteLetter = ({ queue, id }: Letter): Promise<Schemas['DeadLetterDeleted']> =>
  dataOf(api.DELETE('/dead-letters/{queue}/{id}', { params: { path: { queue: queueNamed(queue), id } } }));

/** The API answers the name that it takes. */
const queueNamed = (name: string): 'desired-states' | 'work' => (name === 'work' ? 'work' : 'desired-states');
