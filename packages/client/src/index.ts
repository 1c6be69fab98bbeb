/*
 * Everything that the package exports.
 */
export { VendingApiError, VendingEndedError, VendingTimeoutError } from './errors';
export type { components, paths } from './generated/api';
export type { Fault, Ordered, Tenant, Vending, VendingStatus, DesiredState } from './schemas';
export type { SigningOptions } from './signed-fetch';
export { vendingClient, type OrderOptions, type VendingClient, type VendingClientOptions } from './vending-client';
export type { WaitOptions } from './wait-for';
