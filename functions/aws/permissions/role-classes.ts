/** What a role in the management account is for. `Enter` leads into member accounts and does nothing else. */
export const MANAGEMENT_CLASSES = ['Create', 'Arrange', 'ControlTower', 'IdentityCenter', 'Read', 'Enter'] as const;

export type ManagementClass = (typeof MANAGEMENT_CLASSES)[number];

/** What a role in the automation account is for. */
export const AUTOMATION_CLASSES = ['StackSets', 'Functions', 'Read'] as const;

export type AutomationClass = (typeof AUTOMATION_CLASSES)[number];
