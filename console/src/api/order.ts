import { api, dataOf, type Schemas } from './client';

export type Plan = Schemas['VendingPreview'];

/** What a desired state would lead to. Nothing is written. */
export async function planOf(text: string): Promise<Plan> {
  const answer = await send(text, { dryRun: true });
  if ('planVersion' in answer) return answer;
  throw new TypeError('The API has answered without a plan.');
}

/** @returns the tenant */
export const order = async (text: string): Promise<string> => (await send(text, {})).tenantUuid;

async function send(
  text: string,
  query: { readonly dryRun?: boolean },
): Promise<Schemas['VendingAccepted'] | Schemas['VendingPreview']> {
  const body: unknown = JSON.parse(text);
  if (!isSendable(body)) throw new TypeError('A desired state is an object.');
  return dataOf(api.POST('/vendings', { params: { query }, body }));
}

/** The API judges the rest, and names every fault. */
const isSendable = (body: unknown): body is Schemas['DesiredState'] => typeof body === 'object' && body !== null;
