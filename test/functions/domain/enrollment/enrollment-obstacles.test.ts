import { enrollmentRemedy } from '../../../../functions/domain/enrollment/enrollment-obstacles';

const TARGET = { accountId: '444444444444', unitId: 'ou-ab12-cdefgh34' };

const remedyOf = (error: string | null): string => enrollmentRemedy(error, TARGET);

describe('the remedy for a failed enrollment', () => {
  it.each([
    [
      'AWS Control Tower cannot set up AWS Config: the account has a delivery channel of its own',
      /^Delete the recorder and the delivery channel of AWS Config in account 444444444444, in each region that/u,
    ],
    [
      'The account has an existing AWS Config configuration recorder or delivery channel in eu-west-1. Delete it to enroll the account.',
      /^Delete the recorder .* in account 444444444444, in eu-west-1 /u,
    ],
    [
      'AWS Security Token Service (AWS STS) is disabled in the account in us-gov-west-1.',
      /^Activate STS in account 444444444444, in us-gov-west-1 /u,
    ],
    [
      "InvalidParametersException: The parent organizational unit 'Dev (ou-ab12-cdefgh34)' is not enrolled in AWS Control Tower.",
      /the OU ou-ab12-cdefgh34 has to be registered with Control Tower/u,
    ],
    ['the OU is unregistered', /the OU ou-ab12-cdefgh34 has to be registered/u],
    [
      'An existing SCP on the OU prevents pre-checks',
      /^Find the service control policy that keeps Control Tower from account 444444444444/u,
    ],
    [
      'not authorized, with an explicit deny in a service control policy',
      /^Find the service control policy .* OU ou-ab12-cdefgh34/u,
    ],
    [
      'Control Tower could not assume the role AWSControlTowerExecution',
      /^Give account 444444444444 the role AWSControlTowerExecution/u,
    ],
    ['Amazon SNS topic aws-controltower-x exists', /^Delete the SNS topic in account 444444444444/u],
    ['The stack set quota may have been exceeded', /^Ask AWS to raise the quota/u],
    ['Reset your current landing zone, or update it', /^Update or reset the landing zone/u],
    ['something that nobody has seen yet', /^Look at account 444444444444 .* OU ou-ab12-cdefgh34/u],
    [null, /^Look at account 444444444444/u],
  ])('follows the cause: %s', (error, remedy) => {
    expect(remedyOf(error)).toMatch(remedy);
    expect(remedyOf(error)).toMatch(/replay this run\.$/u);
  });

  it('names each region once', () => {
    expect(remedyOf('a delivery channel in eu-west-1, eu-central-1 and eu-west-1')).toContain(
      'in eu-west-1, eu-central-1 (',
    );
  });
});
