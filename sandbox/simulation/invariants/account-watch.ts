import * as z from 'zod';

import { TENANT_TAG_KEY } from '../../../functions/domain/plan/plan';
import type { Call } from '../../organization/call-log';
import type { Account, OrganizationState } from '../../organization/organization-state';
import type { Violations } from '../violations';

const RequestSchema = z.object({ Email: z.string() });

/** Never two accounts for a tenant: neither by the tag that ties an account to it, nor by its e-mail address. */
export class AccountWatch {
  readonly #violations: Violations;
  readonly #accounts = new Map<string, string>();
  readonly #byTenant = new Map<string, Set<string>>();
  readonly #byEmail = new Map<string, Set<string>>();

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  get accountsPerTenantMax(): number {
    return Math.max(0, ...[...this.#byTenant.values(), ...this.#byEmail.values()].map(({ size }) => size));
  }

  /** Checks what is new since the last call. */
  look(call: Call, state: OrganizationState): void {
    if (call.operation === 'CreateAccount') this.#lookAtRequests(call, state);
    const { accounts } = state;
    if (accounts.size === this.#accounts.size) return;
    for (const account of accounts.values()) {
      if (!this.#accounts.has(account.id)) this.#note(account);
    }
  }

  /**
   * While a request may have made the account, or has, AWS is not asked for it again: AWS alone would stand between the
   * tenant and a second one.
   */
  #lookAtRequests({ outcome, input }: Call, { creations }: OrganizationState): void {
    const email = RequestSchema.safeParse(input).data?.Email.toLowerCase();
    if (email === undefined || (outcome !== 'ok' && outcome !== 'lost-answer')) return;
    const alive = [...creations.values()].filter((one) => one.email.toLowerCase() === email && one.state !== 'FAILED');
    if (alive.length > 1) {
      this.#violations.add(
        'an account is asked for once',
        `${email} was asked for by ${alive.map(({ id }) => id).join(', ')}.`,
      );
    }
  }

  #note(account: Account): void {
    this.#accounts.set(account.id, account.email);
    if (account.joinedMethod !== 'CREATED') return;
    const tenantUuid = account.tags.get(TENANT_TAG_KEY);
    if (tenantUuid === undefined) {
      this.#violations.add(
        'every account names its tenant',
        `${account.id} (${account.email}) has no tag ${TENANT_TAG_KEY}.`,
      );
    } else {
      this.#count(this.#byTenant, tenantUuid, account);
    }
    this.#count(this.#byEmail, numberInEmail(account.email), account);
  }

  #count(index: Map<string, Set<string>>, key: string, { id }: Account): void {
    const ids = (index.get(key) ?? new Set<string>()).add(id);
    index.set(key, ids);
    if (ids.size > 1) this.#violations.add('one account per tenant', `${key} has ${[...ids].join(', ')}.`);
  }
}

/** The pattern of the example configuration ends with the tenant's number: `aws+retail.webshop.42@corp.example`. */
const numberInEmail = (email: string): string => `e-mail number ${/\.(\d+)@/.exec(email)?.[1] ?? email}`;
