import type { FaultInjector } from '../organization/fault-injector';

/**
 * What goes wrong on a busy day, by the names of projects: e-mails that other accounts have, and enrollments that AWS
 * Config is in the way of. Once all is mended, replays succeed.
 */
export class BusyFaults implements FaultInjector {
  #isMended = false;

  mend(): void {
    this.#isMended = true;
  }

  readonly accountCreation = ({ email }: { readonly email: string }): string | undefined =>
    !this.#isMended && email.includes('.email-') ? 'EMAIL_ALREADY_EXISTS' : undefined;

  readonly accountFactory = ({ email }: { readonly email: string }): string | undefined =>
    !this.#isMended && email.includes('.stack-')
      ? 'AWS Control Tower cannot set up AWS Config: the account has a delivery channel of its own'
      : undefined;
}
