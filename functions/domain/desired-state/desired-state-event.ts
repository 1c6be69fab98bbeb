/** The `source` of desired states on the bus. */
export const REPLICATOR_SOURCE = 'meshstack.replicator';

/** The `detail-type` of a desired state. */
export const DESIRED_STATE_DETAIL_TYPE = 'meshTenant Desired State';
