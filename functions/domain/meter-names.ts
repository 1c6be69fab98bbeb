/** Where figures of our own are kept in CloudWatch: an alarm has to name the same as the function that tells them. */
export const METER_NAMESPACE = 'AccountVending';

/** The one dimension of them all. */
export const METER_SERVICE = 'account-vending';
