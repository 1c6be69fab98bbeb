/**
 * The functions that are fed by what they send themselves, and why each of these chains ends. Lambda takes such a chain
 * for an endless loop and drops it after about sixteen messages, unless the function is allowed to recur
 * (docs/adr/0041-chains-of-messages.md).
 *
 * The simulation counts as Lambda does, and reads here which functions may recur.
 */
export const recursiveFunctions = {
  AdoptAccounts:
    'A part sends for the next one until every account has been proposed, or adopted; each account is worked off once, and the limit of a week lets in a thousand.',
  ReconcileTenants:
    'A part compares tenants for some minutes and sends for the next one until every tenant has had its turn; the ledger counts the parts, and MAX_PARTS bounds them.',
  RollOut:
    'A part sends for the next one until every tenant has been planned, or brought to the configuration; each has its turn once, and a pause or an abort ends the chain.',
  WatchRuns:
    'A look sends for the next one while its run is active; the message counts the looks, and MAX_LOOKS bounds them.',
} as const;
