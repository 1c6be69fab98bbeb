/**
 * The accounts that a function acts in, and the IAM actions that it calls there. Absent: it never goes there. Empty: it
 * goes there and does nothing; CheckAccess only tries whether it could.
 *
 * In member accounts, a step's sessions are narrowed to these actions. In the management and the automation account it
 * has those of all steps of its class, whose role trusts them and no others.
 */
export interface StepPermissions {
  /**
   * In the management account, by the role of its class. The way through it into member accounts is not listed:
   * `member` says it.
   */
  readonly management?: readonly string[];
  /**
   * Policies of AWS that the role in the management account has as well. Service Catalog reads and launches a product
   * with the rights of its caller; which these are, AWS says by its policy for end users.
   */
  readonly managementPolicies?: readonly string[];
  /** In the automation account, by the role of its class. */
  readonly automation?: readonly string[];
  /** In the member account, as its access role. */
  readonly member?: readonly string[];
}

/** What a role in the management account is for. `Enter` leads into member accounts and does nothing else. */
export const MANAGEMENT_CLASSES = ['Create', 'Arrange', 'ControlTower', 'IdentityCenter', 'Read', 'Enter'] as const;

/**
 * Gives and takes access to the management account itself. There is such a role only where the configuration allows
 * that (`managementAccountAccess`).
 */
export const MANAGEMENT_ACCESS_CLASS = 'Management';

export type ManagementClass = (typeof MANAGEMENT_CLASSES)[number] | typeof MANAGEMENT_ACCESS_CLASS;

/** The classes that have a role, as the configuration is. */
export const managementClassesIn = ({
  managementAccountAccess,
}: {
  readonly managementAccountAccess?: object | undefined;
}): readonly ManagementClass[] => [
  ...MANAGEMENT_CLASSES,
  ...(managementAccountAccess === undefined ? [] : ([MANAGEMENT_ACCESS_CLASS] as const)),
];

/** What a role in the automation account is for. */
export const AUTOMATION_CLASSES = ['StackSets', 'Functions', 'Customizations', 'Read'] as const;

export type AutomationClass = (typeof AUTOMATION_CLASSES)[number];
