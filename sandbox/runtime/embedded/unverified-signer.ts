interface Credentials {
  readonly accessKeyId: string;
  readonly sessionToken?: string;
}

interface SignerParameters {
  readonly credentials: () => Promise<Credentials>;
  readonly region: string | (() => Promise<string>);
  readonly service: string;
}

interface SignableRequest {
  readonly headers: Record<string, string>;
}

/**
 * Says who calls and proves nothing: the organization's model reads the credential's scope and verifies no signature,
 * so that in process the cryptography would only take time.
 */
export class UnverifiedSigner {
  readonly #parameters: SignerParameters;

  constructor(parameters: SignerParameters) {
    this.#parameters = parameters;
  }

  async sign<Request extends SignableRequest>(request: Request): Promise<Request> {
    const { credentials, region, service } = this.#parameters;
    const { accessKeyId, sessionToken } = await credentials();
    const scope = `${accessKeyId}/20260101/${typeof region === 'string' ? region : await region()}/${service}/aws4_request`;
    request.headers['authorization'] = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    if (sessionToken !== undefined) request.headers['x-amz-security-token'] = sessionToken;
    return request;
  }
}
