import type { AutomationClass, ManagementClass } from '../aws/permissions/step-permissions';

/**
 * What a step may do beyond its own accounts, by the names that `infra/function-grants.ts` has for it. Every step has
 * the ledger and the watch over its run; the way into other accounts follows from `management`, `automation` and
 * `member`.
 */
export type GrantName =
  | 'executionRoleTrust'
  | 'queryLanes'
  | 'memberRoleBoundary'
  | 'publishOutcomes'
  | 'measureRuns'
  | 'startRuns'
  | 'readScimToken'
  | 'resumeExecutions'
  | 'invokePreview'
  | 'readModes'
  | 'releaseFirst';

/** A step that waits in a lane, or releases a slot and lets the next run in. */
export const LANE: readonly GrantName[] = ['queryLanes', 'resumeExecutions'];

/** The last state of a workflow starts the run of a newer desired state that waited for the end of this one. */
export const ENDING: readonly GrantName[] = ['startRuns', 'publishOutcomes', 'measureRuns', ...LANE];

/**
 * The account that a step acts in: the management account, the automation account or neither, by the role of one class
 * of rights (`step-permissions.ts`). The role allows the actions of all steps of its class, so a step lists its own.
 */
type Place =
  | {
      readonly rights?: never;
      readonly management?: never;
      readonly managementPolicies?: never;
      readonly automation?: never;
    }
  | {
      readonly rights: Exclude<ManagementClass, 'Enter' | 'Management'>;
      readonly management: readonly string[];
      /**
       * Policies of AWS that the role has as well. Service Catalog reads and launches a product with the rights of its
       * caller; which these are, AWS says by its policy for end users.
       */
      readonly managementPolicies?: readonly string[];
      readonly automation?: never;
    }
  | {
      readonly rights: AutomationClass;
      readonly management?: never;
      readonly managementPolicies?: never;
      readonly automation: readonly string[];
    };

/** What is known of a step besides its code. */
export type StepRow = Place & {
  /**
   * The actions to which its session in a member account is narrowed. Empty: it goes there and does nothing;
   * CheckAccess only tries whether it could. Absent: it never goes there.
   */
  readonly member?: readonly string[];
  /** It works for accounts that have just been made: the management account is never one of them. */
  readonly forNewAccounts?: true;
  /** The time-out of its function. Absent: 60. */
  readonly timeoutSeconds?: number;
  /** Also decides its share of a CPU, and with it the time of a cold start. Absent: 512. */
  readonly memoryMegabytes?: number;
  /** Whether the operator's configuration lies beside its code. */
  readonly readsConfiguration?: true;
  readonly grants?: readonly GrantName[];
  /** The state ends when its task token comes back. */
  readonly waits?: {
    /** Null: for a person's decision, as long as the plan says. */
    readonly lane: string | null;
    /** After so long the token is waited for again. */
    readonly seconds?: number;
  };
  /** The last state of its workflow: its work goes on after the ledger knows that the run has ended. */
  readonly last?: true;
  /**
   * Whether a dry run carries it out: `true` as it is, over ports that write nothing; `'own'` as `functions/dry-run`
   * says, where it takes more than ports or is carried out once for each of several. Absent: it changes nothing that a
   * dry run could compare.
   */
  readonly dryRun?: true | 'own';
};

/**
 * Groups of the identity provider get their permission sets; who is in them is not even read. A run that waits for a
 * group gives up its slot.
 */
export const EXISTING_GROUPS = {
  rights: 'IdentityCenter',
  management: [
    'identitystore:GetGroupId',
    'sso:ListAccountAssignmentsForPrincipal',
    'sso:CreateAccountAssignment',
    'sso:DescribeAccountAssignmentCreationStatus',
    // An earlier run may have left a request at work.
    'sso:DescribeAccountAssignmentDeletionStatus',
  ],
  dryRun: 'own',
} as const satisfies Partial<StepRow>;
