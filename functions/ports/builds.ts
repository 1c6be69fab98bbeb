/** What a build is asked for, in full: what its project says counts for nothing where this says it. */
export interface BuildRequest {
  readonly project: string;
  /** The same token within five minutes is the same build. */
  readonly token: string;
  readonly image: string;
  readonly source: {
    readonly type: 'S3' | 'GITHUB' | 'GITLAB' | 'BITBUCKET';
    readonly location: string;
    readonly version: string;
    readonly connectionArn: string | null;
  };
  readonly buildspec: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeLimitMinutes: number;
  readonly queueLimitMinutes: number;
}

export interface Build {
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** What has failed, in CodeBuild's words; null where nothing has. */
  readonly reason: string | null;
  /** A link to the log, or null while there is none. */
  readonly logLink: string | null;
  /** What it has exported; empty while it runs. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs commands in containers, in the automation account. */
export interface Builds {
  /**
   * Starts a build, once for each token within five minutes.
   *
   * @returns `full` where CodeBuild has no room for one more build now; nothing is started then
   */
  start(request: BuildRequest): Promise<Build | 'full'>;

  /** Undefined where there is no such build any more. */
  find(buildId: string): Promise<Build | undefined>;

  /** Looks for the build of a token among the newest ones of its project, back to when it was asked for. */
  findByToken(project: string, token: string, askedAt: Date): Promise<Build | undefined>;

  /** Ends a build. One that is over already is fine. */
  stop(buildId: string): Promise<void>;
}
