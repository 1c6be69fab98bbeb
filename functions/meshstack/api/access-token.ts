import * as z from 'zod/mini';

import { RejectedError } from '../../domain/base/errors';
import { parsedJson } from '../../domain/base/parsed-json';
import type { MeshStackAccess } from './mesh-stack-access';
import { contentOf, sendPatiently } from './send-patiently';

/** A token that is about to end would end on its way. */
const RESERVE_SECONDS = 30;

const ApiKeySchema = z.object({
  clientId: z.string().check(z.minLength(1)),
  clientSecret: z.string().check(z.minLength(1)),
});
const LoginSchema = z.object({ access_token: z.string(), expires_in: z.number() });

/** @param renew the token that was given out last is refused */
export type AccessToken = (renew?: boolean) => Promise<string>;

/**
 * Logs in with the API key (`POST /api/login`, JSON) and keeps the token for as long as it lasts, five minutes usually.
 * A key that is refused is read once more: somebody may have put a new one there.
 */
export function accessToken(access: MeshStackAccess): AccessToken {
  let kept: { readonly token: string; readonly endsAt: number } | undefined;
  return async (renew = false) => {
    if (!renew && kept !== undefined && kept.endsAt > access.now().getTime()) return kept.token;
    const login = (await logIn(access, false)) ?? (await logIn(access, true));
    if (login === undefined) throw refusedKey(access);
    kept = {
      token: login.access_token,
      endsAt: access.now().getTime() + (login.expires_in - RESERVE_SECONDS) * 1000,
    };
    return kept.token;
  };
}

/** @returns undefined when the key is refused */
async function logIn(access: MeshStackAccess, fresh: boolean): Promise<z.infer<typeof LoginSchema> | undefined> {
  const key = ApiKeySchema.safeParse(parsedJson(await access.apiKey(fresh))).data;
  if (key === undefined) return undefined;
  const request = {
    doing: 'log in',
    method: 'POST',
    path: '/api/login',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(key),
    // A second token is no harm.
    mayRepeat: true,
  } as const;
  const response = await sendPatiently(access, request);
  if (response.ok) return LoginSchema.parse(await contentOf(response));
  // 400 is what an OAuth server says to an unknown client.
  if ([400, 401, 403].includes(response.status)) return undefined;
  throw new RejectedError(`meshStack (${access.endpoint}) answered ${response.status} to the login.`, CHECK_ENDPOINT);
}

const CHECK_ENDPOINT = 'Check meshStack.endpoint in platform.json: it is the address before /api.';

const refusedKey = ({ endpoint, secretArn }: MeshStackAccess): RejectedError =>
  new RejectedError(
    `meshStack (${endpoint}) does not take the API key.`,
    `Put a valid one into the secret ${secretArn}, as {"clientId": "…", "clientSecret": "…"}: meshStack is asked again within five minutes.`,
    { denied: true },
  );
