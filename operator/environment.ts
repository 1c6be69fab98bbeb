/**
 * Variables of the shell that an operator's command understands; those of the SDK (credentials, region, endpoints) it
 * reads by itself.
 */
export type OperatorVariable =
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_PROFILE'
  | 'VENDING_API'
  | 'VENDING_EXTERNAL_ID'
  | 'VENDING_METERING_EXTERNAL_ID';

/** Undefined where it is not set, or empty. */
export function variable(name: OperatorVariable): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** Variables by which a program would act as somebody else than the profile that it is given. */
const OTHER_CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_PROFILE'];

/** The environment of a program that acts as a profile, in a region; everything else is that of this process. */
export function environmentAs(profile: string, region: string): Readonly<Record<string, string>> {
  const others = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OTHER_CREDENTIALS.includes(entry[0]),
  );
  return { ...Object.fromEntries(others), AWS_PROFILE: profile, AWS_REGION: region, AWS_DEFAULT_REGION: region };
}

/** The shell's own variables and these, for a program that a command runs. */
export const shellWith = (variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...variables,
});
