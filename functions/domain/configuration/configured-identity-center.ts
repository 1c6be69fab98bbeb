import type { AwsSso, IdentityCenterConfiguration, IdentityStore } from './access-configuration';

/** Which block of platform.json it is, and what the blocks share. */
export interface NamedIdentityCenter {
  readonly field: 'awsIdentityStore' | 'awsSso';
  readonly block: IdentityCenterConfiguration;
}

interface Blocks {
  readonly awsIdentityStore?: IdentityStore | undefined;
  readonly awsSso?: AwsSso | undefined;
}

/** IAM Identity Center, whichever way its groups are made. */
export function identityCenterOf({ awsIdentityStore, awsSso }: Blocks): NamedIdentityCenter | undefined {
  if (awsIdentityStore !== undefined) return { field: 'awsIdentityStore', block: awsIdentityStore };
  return awsSso === undefined ? undefined : { field: 'awsSso', block: awsSso };
}
