import { Aws, CfnParameter, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** How many ids the parameter takes: a policy names each, and a template cannot count. */
const MOST = 12;

const NOBODY = '000000000000';

export interface ServiceAccountsProps {
  /** Ids that are known without being asked for. */
  readonly known: readonly string[];
}

/**
 * The accounts that the organization itself works with, which nobody closes: this one, those that are known, and those
 * that the operator names (log archive, audit, and whatever else should stay).
 */
export class ServiceAccounts extends Construct {
  readonly ids: readonly string[];

  constructor(scope: Construct, id: string, { known }: ServiceAccountsProps) {
    super(scope, id);
    // A text, not a list: a pattern can refuse a thirteenth id, which a template could not see.
    const parameter = new CfnParameter(this, 'Parameter', {
      description:
        'Ids of further accounts that are never closed, up to 12 with commas between them: the log archive and the audit account of Control Tower, ' +
        'for example. An account that is not named is protected by lacking the tag of a tenant alone.',
      default: NOBODY,
      allowedPattern: String.raw`\d{12}(,\d{12}){0,${MOST - 1}}`,
      constraintDescription: `must be 1 to ${MOST} account ids of 12 digits, with commas between them and no spaces.`,
    });
    parameter.overrideLogicalId('ServiceAccountIds');
    const given = Fn.split(',', Fn.join(',', [parameter.valueAsString, ...padding()]));
    this.ids = [Aws.ACCOUNT_ID, ...known, ...padding().map((_, index) => Fn.select(index, given))];
  }
}

/** CloudFormation selects from a list by number, and refuses a number beyond its end. */
const padding = (): readonly string[] => Array.from({ length: MOST }, () => NOBODY);
