interface FinalRefusal {
  readonly verdict: 'final';
  readonly meaning: string;
  readonly remedy: string;
}

/** Errors of AWS Organizations by which it refuses whatever it is asked: the configured role is in no management account. */
export const noOrganization = (
  replay: string,
): Readonly<Record<'AWSOrganizationsNotInUseException', FinalRefusal>> => ({
  AWSOrganizationsNotInUseException: {
    verdict: 'final',
    meaning: 'the account of the configured role has no organization',
    remedy: `${CORRECT_THE_ROLE}: it has to be a role in the management account. Deploy, ${replay}`,
  },
});

/** Of which setting speaks whoever finds the role in the wrong account or partition. */
export const CORRECT_THE_ROLE = 'Correct accessConfig.organizationRootAccountRole in platform.json';
