export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsPlace {
  /** Absent: AWS's own. */
  readonly endpoint?: string;
  /** Absent: those of the environment, or of the profile. */
  readonly credentials?: Credentials;
  readonly profile?: string;
}

export interface ClientSettings extends AwsPlace {
  readonly region: string;
  readonly maxAttempts: number;
}
