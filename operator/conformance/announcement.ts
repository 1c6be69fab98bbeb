import { allCases } from '../../conformance/all-cases';
import { isReadOnly, operationOf } from '../../conformance/case';

export interface Announced {
  readonly account: string;
  readonly region: string;
  readonly readOnly: boolean;
  /** Accounts that may be made, that of the run itself included. */
  readonly budget: number;
}

/** Cost Explorer asks for a cent for each request ("Managing your costs with AWS Cost Explorer"). */
const DOLLARS_A_REQUEST = 0.01;

/** What will happen, before anybody has agreed to it. */
export function announcement({ account, region, readOnly, budget }: Announced): string {
  // Those about other organizations are not reached here.
  const cases = allCases.filter((one) => one.organization === undefined && (!readOnly || isReadOnly(one)));
  const requests = cases.flatMap((one) => one.steps.map((step) => [one.service, step] as const));
  const ofCostExplorer = requests.filter(([service]) => service === 'ce').length;
  const dollars = (ofCostExplorer * DOLLARS_A_REQUEST).toFixed(2);
  return [
    `${cases.length} cases are asked of AWS, in account ${account} and region ${region}: some ${requests.length} requests.`,
    ...(readOnly ? ['Nothing is changed.'] : changes(budget)),
    `Cost: about $${dollars}, for ${ofCostExplorer} requests to Cost Explorer; everything else is free of charge, but what Control Tower sets up in an account that it enrolls.`,
    '',
  ].join('\n');
}

function changes(budget: number): readonly string[] {
  const making = allCases.filter(({ accounts = 0 }) => accounts > 0).length;
  const made = [...new Set(allCases.flatMap(({ steps }) => steps.map(operationOf)))].filter((name) =>
    /^(?:Create|Provision)/u.test(name),
  );
  return [
    `Accounts: ${Math.min(budget, making + 1)} at most are made, and closed again. AWS keeps a closed account for 90 days, and its e-mail address for good.`,
    `Calls that make something: ${made.toSorted().join(', ')}. All names begin with cfm or conformance-; each case removes what it makes.`,
    'Do this in an organization that can be thrown away.',
  ];
}
