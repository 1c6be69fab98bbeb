import type { components } from './generated/api';

type Schemas = components['schemas'];

/** What a tenant shall have: its workspace, project, landing zone and access. */
export type DesiredState = Schemas['DesiredState'];

/** The answer to an order. */
export type Ordered = Schemas['VendingAccepted'];

/** How far a tenant is: its status, its account, and each state of its run. */
export type Vending = Schemas['VendingDetail'];

export type VendingStatus = Schemas['VendingStatus'];

/** One thing that is wrong with a request: the field, and what to do about it. */
export type Fault = Schemas['Fault'];

export type Problem = Schemas['Problem'];

/** What `waitFor` waits for: the answer to an order, or the newest run of a tenant. */
export type Tenant = Pick<Ordered, 'tenantUuid'> & Partial<Pick<Ordered, 'replicationSequence'>>;
