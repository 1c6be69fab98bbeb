/*
 * What clients of the AWS SDK take from `@aws-sdk/credential-provider-node`. Bundles have this file in its place
 * (`infra/bundle.ts`): the SDK looks for credentials in profiles, processes, web identities and the metadata of
 * machines, and brings a client for each. A Lambda function has its own in the environment, and nowhere else.
 */

/**
 * The credentials of the function itself. Lambda gives a new container new ones, and ends it before they expire.
 *
 * @evidence documented lambda/dg/configuration-envvars: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN
 *   are the access keys obtained from the function's execution role
 * @throws Error that names what is missing
 */
export const defaultProvider = (): (() => Promise<Credentials>) => () => Promise.resolve().then(ownCredentials);

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function ownCredentials(): Credentials {
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId: given('AWS_ACCESS_KEY_ID'),
    secretAccessKey: given('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function given(name: string): string {
  const value = process.env[name];
  if (value !== undefined && value !== '') return value;
  throw new Error(`The environment variable ${name} is not set. Lambda sets it from the role of the function.`);
}
