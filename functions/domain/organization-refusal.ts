/** What AWS Organizations says of a call that it refuses: the error's `name` and, where there is one, its `Reason`. */
export interface RefusalCode {
  readonly name: string;
  readonly reason: string | null;
}

/** The meaning of the very reason; otherwise of the error, whatever its reason. */
export const refusalOf = <Refusal>(
  refusals: ReadonlyMap<string, Refusal>,
  { name, reason }: RefusalCode,
): Refusal | undefined => refusals.get(reason === null ? name : `${name}/${reason}`) ?? refusals.get(name);

/** The end of a remedy: how to go on, in a vending as in a closing. */
export const REPLAY = 'then replay this run.';

/** Of which setting speaks whoever finds the role in the wrong account or partition. */
export const CORRECT_THE_ROLE = 'Correct accessConfig.organizationRootAccountRole in platform.json';

/** Errors of AWS Organizations by which it refuses whatever it is asked: the configured role is in no management account. */
export const NO_ORGANIZATION = {
  AWSOrganizationsNotInUseException: {
    verdict: 'final',
    meaning: 'the account of the configured role has no organization',
    remedy: `${CORRECT_THE_ROLE}: it has to be a role in the management account. Deploy, ${REPLAY}`,
  },
} as const;
