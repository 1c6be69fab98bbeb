import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';

import type { Login } from './client';
import type { Session } from './session';

/**
 * The session of the person who has signed in; null: the browser is on its way to IAM Identity Center, and back.
 *
 * @throws Error with the reason why somebody was not let in
 */
export async function signedIn(login: Login): Promise<Session | null> {
  const manager = managerOf(login);
  const signIn = (): Promise<void> => manager.signinRedirect({ state: window.location.hash });
  const user = isAnswer() ? await answered(manager) : await manager.getUser();
  if (user?.id_token === undefined || user.expired === true) {
    await signIn();
    return null;
  }
  const { email, sub } = user.profile;
  return {
    name: email ?? sub,
    token: user.id_token,
    signIn: () => void signIn(),
    signOut: () => {
      const leaving = new URLSearchParams({ client_id: login.clientId, logout_uri: pageUrl() });
      void manager.removeUser().then(() => {
        window.location.assign(`${login.url}/logout?${leaving.toString()}`);
      });
    },
  };
}

/** Without what stands behind ? and #. */
const pageUrl = (): string => new URL('.', document.baseURI).href;

/**
 * A code with PKCE for a token of an hour. It is not renewed without a sign-in: that is when groups are read, and as
 * long as IAM Identity Center knows the person, it asks nothing.
 */
function managerOf({ issuer, url, clientId, provider }: Login): UserManager {
  const store = new WebStorageStateStore({ store: window.sessionStorage });
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: pageUrl(),
    scope: 'openid',
    metadata: {
      issuer,
      authorization_endpoint: `${url}/oauth2/authorize`,
      token_endpoint: `${url}/oauth2/token`,
    },
    // So that nobody sees a page of Cognito in between.
    extraQueryParams: { identity_provider: provider },
    userStore: store,
    stateStore: store,
    automaticSilentRenew: false,
    loadUserInfo: false,
  });
}

function isAnswer(): boolean {
  const query = new URLSearchParams(window.location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/** Takes what the sign-in has answered out of the address, which somebody may send on. */
async function answered(manager: UserManager): Promise<User> {
  try {
    const user = await manager.signinRedirectCallback();
    leaveAt(typeof user.state === 'string' ? user.state : '');
    return user;
  } catch (error) {
    leaveAt('');
    throw error;
  }
}

const leaveAt = (hash: string): void => {
  window.history.replaceState(null, '', `${pageUrl()}${hash}`);
};
