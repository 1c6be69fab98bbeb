/** A policy document as an object; the model keeps and answers it as the text it was given. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** The organization as it stands before the first call. */
export interface OrganizationSeed {
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly automationAccountId: string;
  /** Where the functions' own roles live. */
  readonly meshcloudAccountId: string;
  /** Parents before their children. */
  readonly organizationalUnits: readonly UnitSeed[];
  readonly accounts: readonly AccountSeed[];
  readonly serviceRoles: readonly ServiceRoleSeed[];
  /** Besides `FullAWSAccess` everywhere and Control Tower's mandatory one on registered OUs. */
  readonly serviceControlPolicies?: readonly ServiceControlPolicySeed[];
  /** Taken elsewhere in AWS: root e-mails and account aliases are unique beyond the organization. */
  readonly foreignEmails?: readonly string[];
  readonly foreignAliases?: readonly string[];
  /** How CreateAccount leaves administrator rights on the access role; older accounts have them inline. Default `attached`. */
  readonly accessRoleRights?: 'attached' | 'inline';
}

export interface UnitSeed {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  /** Registered with Control Tower: enrollment is possible, and the mandatory SCP binds. */
  readonly registered: boolean;
}

export interface AccountSeed {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly parentId: string;
  readonly alias?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** An access role that the account already has, with administrator rights and the management account's trust. */
  readonly accessRole?: string;
}

export interface ServiceRoleSeed {
  readonly accountId: string;
  readonly name: string;
  readonly trust: PolicyDocument;
  readonly attachedPolicyArns?: readonly string[];
  readonly inlinePolicies?: Readonly<Record<string, PolicyDocument>>;
}

export interface ServiceControlPolicySeed {
  readonly name: string;
  /** Root, OU or account ids. */
  readonly targetIds: readonly string[];
  readonly document: PolicyDocument;
}
