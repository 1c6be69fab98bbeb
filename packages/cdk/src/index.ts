/*
 * Everything that the package exports.
 */
export { AutomationRoles, type AutomationRolesProps } from './automation-roles';
export type { ConfigurationDocuments, ConfigurationSource } from './configuration-source';
export { ManagementRoles, type ManagementRolesProps } from './management-roles';
export { VendingApplication, type VendingApplicationProps } from './vending-application';
