import { arnIn } from '../../arn';
import type { OrganizationState } from '../../organization-state';
import type { ProvisionedProduct } from './account-factory-state';

export interface PlantedProduct {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly status: 'AVAILABLE' | 'TAINTED' | 'ERROR';
  /** Whether any operation on it has ever succeeded. */
  readonly hasSucceeded: boolean;
  readonly createdAt: number;
}

/**
 * A product that a person has made in the console, as a session of their own.
 *
 * @evidence documented controltower/userguide/importing-existing: registering a unit makes products, with the
 *   credentials of the person who does it
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory, service_catalog.py of aft_common": one
 *   account may have several products, some of which never succeeded
 */
export function plantProduct(state: OrganizationState, planted: PlantedProduct): ProvisionedProduct {
  const { accountFactory, accounts, seed } = state;
  if (accountFactory === null) throw new RangeError('There is no Account Factory to plant a product in.');
  const account = accounts.get(planted.accountId);
  const unit = state.units.get(account?.parentId ?? '');
  const role = 'AWSReservedSSO_AWSAdministratorAccess_1a2b3c4d5e6f7a8b';
  const recordId = `rec-${planted.id.slice(3)}`;
  const product: ProvisionedProduct = {
    id: planted.id,
    name: planted.name,
    createdAt: planted.createdAt,
    status: planted.status,
    arn: arnIn(
      seed,
      `servicecatalog:${accountFactory.seed.homeRegion}:${seed.managementAccountId}:stack/${planted.name}/${planted.id}`,
    ),
    roleArn: arnIn(seed, `iam::${seed.managementAccountId}:role/aws-reserved/sso.amazonaws.com/${role}`),
    sessionArn: arnIn(seed, `sts::${seed.managementAccountId}:assumed-role/${role}/somebody@corp.example`),
    artifactId: accountFactory.seed.artifacts.find(({ active }) => active)?.id ?? '',
    parameters: {
      AccountEmail: account?.email ?? '',
      AccountName: account?.name ?? '',
      ManagedOrganizationalUnit: unit === undefined ? '' : `${unit.name} (${unit.id})`,
      SSOUserEmail: 'somebody@corp.example',
      SSOUserFirstName: 'Somebody',
      SSOUserLastName: 'Somebody',
    },
    statusMessage: null,
    physicalId: planted.accountId,
    idempotencyToken: planted.id,
    lastRecordId: recordId,
    lastProvisioningRecordId: recordId,
    lastSuccessfulProvisioningRecordId: planted.hasSucceeded ? recordId : null,
  };
  accountFactory.provisionedProducts.set(product.id, product);
  return product;
}
