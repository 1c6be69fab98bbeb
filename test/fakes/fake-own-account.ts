import type { OwnAccount } from '../../functions/ports/own-account';

export const OWN_ACCOUNT = '111111111111';

/** The account of the application, and how often somebody has asked for it. */
export class FakeOwnAccount implements OwnAccount {
  asked = 0;
  failure: Error | undefined;

  id(): Promise<string> {
    this.asked += 1;
    return this.failure === undefined ? Promise.resolve(OWN_ACCOUNT) : Promise.reject(this.failure);
  }
}
