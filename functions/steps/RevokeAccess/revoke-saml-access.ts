import type { Change, SamlAccessRecord } from '../../domain/ledger-records';
import { SAML_ROLE_PATH, samlProviderArn } from '../../domain/saml-trust';
import { accountOf, type Vending } from '../../domain/vending';
import type { AccessMemory } from '../../ports/access-memory';
import type { SamlAccess } from '../../ports/saml-access';

interface Ports {
  readonly memory: Pick<AccessMemory, 'recordSamlAccess'>;
  readonly saml: SamlAccess;
}

/**
 * Takes away what of meshIdB's roles is no longer mapped: policies, roles, and in the end the provider. Touches what the ledger knows as ours
 * alone. A second run finds nothing and writes nothing.
 */
export async function revokeSamlAccess({ memory, saml }: Ports, vending: Vending): Promise<readonly Change[]> {
  const { tenant, plan } = vending;
  const account = accountOf(vending);
  const entry = { accountId: account.id, accessRole: plan.account.accessRole };
  const changes: Change[] = [];
  let owned = tenant.samlAccess;
  const forget = async (after: SamlAccessRecord): Promise<void> => {
    await memory.recordSamlAccess(owned, after);
    owned = after;
  };
  for (const name of tenant.samlAccess.roles) {
    const planned = plan.samlAccess?.roles.find((role) => role.name === name && role.policyArns.length > 0);
    const found = await saml.findRole(entry, name);
    const isOurs = found?.path === SAML_ROLE_PATH;
    for (const arn of isOurs ? found.policyArns : []) {
      if (planned?.policyArns.includes(arn) === true) continue;
      await saml.detachPolicy(entry, name, arn);
      changes.push({ what: `policy of ${name}`, from: arn, to: null });
    }
    if (planned !== undefined) continue;
    if (isOurs) {
      await saml.deleteRole(entry, name);
      changes.push({ what: `role ${name}`, from: name, to: null });
    }
    await forget({ ...owned, roles: owned.roles.filter((one) => one !== name) });
  }
  const { provider } = owned;
  if (provider !== null && provider !== plan.samlAccess?.provider.name) {
    await saml.deleteProvider(entry, samlProviderArn(account.arn.split(':')[1] ?? 'aws', account.id, provider));
    await forget({ ...owned, provider: null });
    changes.push({ what: `SAML provider ${provider}`, from: provider, to: null });
  }
  return changes;
}
