import { createHash, createHmac } from 'node:crypto';

/*
 * What bundles have in the place of parts of the AWS SDK (`infra/bundle.ts`). The SDK brings what any program anywhere
 * may need; one of our Lambda functions needs a small part of it, and loads the rest at each cold start.
 */

/*
 * In place of `@aws-sdk/credential-provider-node`: the SDK looks for credentials in profiles, processes, web identities
 * and the metadata of machines, and brings a client for each. A Lambda function has its own in the environment, and
 * nowhere else.
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

/* In place of `@smithy/core/checksum`: the SDK brings hashes in JavaScript for hosts that lack them. Node has them. */

type Bytes = string | ArrayBuffer | Uint8Array;
type Hashed = ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

const hashing = (algorithm: string) =>
  class {
    readonly #secret: Bytes | undefined;
    #hash: Hashed;

    /** @param secret for an HMAC; absent: a hash */
    constructor(secret?: Bytes) {
      this.#secret = secret;
      this.#hash = this.#begun();
    }

    update(data: Bytes): void {
      this.#hash.update(readable(data));
    }

    /** Of a hash as often as wanted; of an HMAC once. */
    digest(): Promise<Uint8Array> {
      const hash = 'copy' in this.#hash ? this.#hash.copy() : this.#hash;
      return Promise.resolve(new Uint8Array(hash.digest()));
    }

    reset(): void {
      this.#hash = this.#begun();
    }

    #begun(): Hashed {
      return this.#secret === undefined ? createHash(algorithm) : createHmac(algorithm, readable(this.#secret));
    }
  };

const readable = (data: Bytes): string | Uint8Array => (data instanceof ArrayBuffer ? new Uint8Array(data) : data);

export const Sha256 = hashing('sha256');
export const Md5 = hashing('md5');

/*
 * In place of `@aws-sdk/middleware-endpoint-discovery`, by which some databases of AWS are found. DynamoDB has one
 * endpoint in each region, and asks for no discovery.
 */

/** @returns what the client was configured with, and nothing of discovery */
export const resolveEndpointDiscoveryConfig = asGiven;

export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: false,
};

/* In place of `@smithy/core/event-streams`: none of our calls is answered by a stream of events. */

/** Made by the SDK where an operation has such a stream. */
export function EventStreamSerde(): never {
  throw new Error('Bundles lack event streams: take @smithy/core/event-streams out of INSTEAD in infra/bundle.ts.');
}

export const eventStreamSerdeProvider = (): void => undefined;

/** @returns what the client was configured with, and nothing of streams */
export const resolveEventStreamSerdeConfig = asGiven;

function asGiven<Given>(given: Given): Given {
  return given;
}
