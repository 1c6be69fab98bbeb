/** Set to true by the build of what is packed. */
declare const ACCOUNT_VENDING_PACKED: boolean | undefined;

/** Whether this is the packed command: one file of JavaScript, without the sources and the tools of the repository. */
export const isPacked = typeof ACCOUNT_VENDING_PACKED !== 'undefined' && ACCOUNT_VENDING_PACKED;
