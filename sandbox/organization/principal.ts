import type { Session } from './organization-state';

/** The principal of a call. */
export type Principal =
  /**
   * A 12-digit access key id: the user of the sandbox, with every right in that account, bound by no SCP and no rate.
   */
  | { readonly kind: 'administrator'; readonly accountId: string; readonly arn: string; readonly userId: string }
  /** A function by its own role, before it has assumed another. */
  | {
      readonly kind: 'function';
      readonly accountId: string;
      readonly arn: string;
      readonly userId: string;
      readonly roleArn: string;
      readonly roleName: string;
    }
  | {
      readonly kind: 'session';
      readonly accountId: string;
      readonly arn: string;
      readonly userId: string;
      readonly roleArn: string;
      readonly roleName: string;
      readonly session: Session;
    };

/** The ARN that conditions on `aws:PrincipalArn` compare: of a session, its role. */
export function principalArn(principal: Principal): string {
  return principal.kind === 'administrator' ? principal.arn : principal.roleArn;
}
