import { SandboxError } from '../../../sandbox/runtime/ministack/sandbox-error';

/*
 * Takes the place of the repository's file of this name: the local AWS is deployed from its sources.
 */

/** @throws SandboxError always */
export const deployedStage = (): Promise<never> =>
  Promise.reject(
    new SandboxError(
      'The local AWS is not in this package, since it deploys the sources. Clone the repository and call npm start there, or account-vending demo here.',
    ),
  );
