import * as z from 'zod';

import type { AccountFactorySeed } from '../../organization-seed';

export interface AccountFactory {
  readonly seed: AccountFactorySeed & Required<Pick<AccountFactorySeed, 'otherProducts'>>;
  /** Keyed by `pp-…`. */
  readonly provisionedProducts: Map<string, ProvisionedProduct>;
  /** Keyed by `rec-…`, oldest first. */
  readonly records: Map<string, ProductRecord>;
  /** Keyed by launch path: principals that its portfolio was opened to since the beginning. */
  readonly openedTo: Map<string, Set<string>>;
}

export interface ProvisionedProduct {
  readonly id: string;
  name: string;
  readonly arn: string;
  readonly createdAt: number;
  /** The session that provisioned it: only the same session is "self" to the end-user policies. */
  roleArn: string;
  sessionArn: string;
  artifactId: string;
  parameters: Parameters;
  status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED' | 'ERROR';
  statusMessage: string | null;
  /** The account, once Control Tower knows which. */
  physicalId: string | null;
  idempotencyToken: string;
  lastRecordId: string;
  lastProvisioningRecordId: string;
  lastSuccessfulProvisioningRecordId: string | null;
}

export const ACCOUNT_FACTORY_PARAMETERS = [
  'AccountEmail',
  'AccountName',
  'ManagedOrganizationalUnit',
  'SSOUserEmail',
  'SSOUserFirstName',
  'SSOUserLastName',
] as const;

export const ParametersSchema = z.record(z.enum(ACCOUNT_FACTORY_PARAMETERS), z.string());

/** The parameters of the Account Factory, each of which has a value. */
export type Parameters = Readonly<z.infer<typeof ParametersSchema>>;

export interface ProductRecord {
  readonly id: string;
  readonly type: 'PROVISION_PRODUCT' | 'UPDATE_PROVISIONED_PRODUCT' | 'TERMINATE_PROVISIONED_PRODUCT';
  readonly token: string;
  /** What makes a repeated token the same request. */
  readonly request: string;
  readonly provisionedProductId: string;
  readonly provisionedProductName: string;
  readonly artifactId: string;
  readonly pathId: string;
  readonly createdAt: number;
  readonly sessionArn: string;
  readonly roleArn: string;
  updatedAt: number;
  status: 'CREATED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  error: Failure | null;
  outputs: readonly (readonly [key: string, value: string])[];
}

export interface Failure {
  readonly code: string;
  readonly description: string;
}

export const isRunning = ({ status }: ProductRecord): boolean => status === 'CREATED' || status === 'IN_PROGRESS';
