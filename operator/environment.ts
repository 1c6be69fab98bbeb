/**
 * Variables of the shell that an operator's command understands; those of the SDK (credentials, region, endpoints) it
 * reads by itself.
 */
export type OperatorVariable = 'VENDING_API' | 'VENDING_EXTERNAL_ID' | 'VENDING_METERING_EXTERNAL_ID';

/** Undefined where it is not set, or empty. */
export function variable(name: OperatorVariable): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
