/** Ids of the organization that the readings start from. */
export interface Ground {
  readonly management: string;
  readonly member: string;
  readonly root: string;
  readonly unit: string;
  readonly requestId: string;
  /** Of another account than the one that the readings invite. */
  readonly invitationId: string;
  /** Enrolled already, and how. */
  readonly provisionedProductId: string;
  /** A build that is under way. */
  readonly buildId: string;
  readonly recordId: string;
  readonly access: AccessGround;
}

/** Of the seed: a user, and a group with one member; and two requests for assignments of the user that are over. */
export interface AccessGround {
  readonly userId: string;
  readonly groupId: string;
  readonly membershipId: string;
  readonly creationRequestId: string;
  readonly deletionRequestId: string;
}

/** A call that succeeds, with what botocore must read of the answer, and one that is refused, with code and status. */
export interface Reading {
  readonly operation: string;
  /** Default: the management account. */
  readonly account?: 'management' | 'automation' | 'member' | 'acquired';
  /** Default: eu-central-1. */
  readonly region?: string;
  readonly input: object;
  readonly answer: object;
  readonly refused: {
    readonly input: object;
    readonly error: string;
    readonly status: number;
    readonly accessKeyId?: string;
  };
}
