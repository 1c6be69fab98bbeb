import type { AwsCaller } from './assumed-role';

/** The place in the SDK's client that this middleware takes: before anything else is done for a call. */
export const PACED = { step: 'initialize', name: 'paceCalls' } as const;

/**
 * Lets a client call no faster than AWS answers, whichever functions call beside it. Every page of a list is a call.
 *
 * @param service as IAM names it
 */
export function paced(service: string, { pacer }: AwsCaller) {
  return <Given, Answer>(next: (given: Given) => Promise<Answer>, { commandName = '' }: { commandName?: string }) =>
    async (given: Given): Promise<Answer> => {
      await pacer?.pace(service, commandName.replace(/Command$/u, ''));
      return next(given);
    };
}
