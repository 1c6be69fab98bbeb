import type { AccessRole, InlinePolicy, MemberAlias, MemberRoles, SamlAccess } from '../../ports/iam';

/** No alias is set, and none taken away: AWS alone could tell whether somebody else has it. */
export const dryRunAlias = (alias: Pick<MemberAlias, 'read'>): MemberAlias => ({
  read: (entry) => alias.read(entry),
  set: () => Promise.resolve(),
  remove: () => Promise.resolve(),
});

/** Roles are compared, and stay as they are. */
export const dryRunRoles = (roles: MemberRoles): MemberRoles => ({
  hasRole: (entry, name) => roles.hasRole(entry, name),
  differences: (entry, role) => roles.differences(entry, role),
  ensureRole: (entry, role) => roles.differences(entry, role),
});

/**
 * Providers and roles are looked at, and stay as they are: no state looks again at what an earlier one would have
 * changed.
 */
export const dryRunSaml = (saml: Pick<SamlAccess, 'findProvider' | 'findRole'>): SamlAccess => ({
  findProvider: (entry, arn) => saml.findProvider(entry, arn),
  findRole: (entry, name) => saml.findRole(entry, name),
  createProvider: () => Promise.resolve(),
  updateProvider: () => Promise.resolve(),
  deleteProvider: () => Promise.resolve(),
  createRole: () => Promise.resolve(),
  setTrust: () => Promise.resolve(),
  setBoundary: () => Promise.resolve(),
  attachPolicy: () => Promise.resolve(),
  detachPolicy: () => Promise.resolve(),
  deleteRole: () => Promise.resolve(),
});

/** The access role as it is, with what the dry run has given to it and taken from it. */
export function dryRunAccessRole(role: AccessRole): AccessRole {
  const put: string[] = [];
  const gone = new Set<string>();
  const made = new Map<string, string>();
  let boundary: string | undefined;
  return {
    listRights: async (entry) => {
      const { attachedPolicyArns, inlinePolicyNames } = await role.listRights(entry);
      const left = (names: readonly string[]): readonly string[] => names.filter((name) => !gone.has(name));
      return {
        attachedPolicyArns: left(attachedPolicyArns),
        inlinePolicyNames: [...new Set([...left(inlinePolicyNames), ...put])],
      };
    },
    boundaryOf: async (entry) => boundary ?? (await role.boundaryOf(entry)),
    readPolicy: async (entry, arn) => {
      const document = [...made].find(([name]) => arn.endsWith(`/${name}`))?.[1];
      if (document !== undefined) return { found: 'there', document };
      const reading = await role.readPolicy(entry, arn);
      // The right to read it would have come with the policy that the dry run has given.
      return reading.found === 'unreadable' ? { found: 'absent' } : reading;
    },
    putInlinePolicy: (_, { name }) => Promise.resolve(void put.push(name)),
    putBoundary: (_, arn) => {
      boundary = arn;
      return Promise.resolve();
    },
    makePolicy: (_, { name, document }: InlinePolicy) => Promise.resolve(void made.set(name, document)),
    detachPolicy: (_, arn) => Promise.resolve(void gone.add(arn)),
    deleteInlinePolicy: (_, name) => Promise.resolve(void gone.add(name)),
  };
}
