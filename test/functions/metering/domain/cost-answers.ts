import type { CostAnswers } from '../../../../functions/metering/domain/cost-answers';
import { monthsLater } from '../../../../functions/metering/domain/month';

export const EC2 = 'Amazon Elastic Compute Cloud - Compute';

/** Answers of one page each. Amounts of an account are those of services `Service 0`, `Service 1`, … */
export function costAnswers(
  month: string,
  amounts: Readonly<Record<string, readonly string[]>>,
  reservations: readonly object[] = [],
  savingsPlans: readonly object[] = [],
): CostAnswers {
  const TimePeriod = { Start: `${month}-01`, End: `${monthsLater(month, 1)}-01` };
  const Groups = Object.entries(amounts).flatMap(([account, ofAccount]) =>
    ofAccount.map((amount, i) => costGroup(account, `Service ${i}`, amount)),
  );
  return {
    costAndUsage: [{ name: 'GetCostAndUsage-1.json', query: '', content: { ResultsByTime: [{ TimePeriod, Groups }] } }],
    reservationUtilization: [
      {
        name: 'GetReservationUtilization-ec2.json',
        query: EC2,
        content: { UtilizationsByTime: [{ TimePeriod, Groups: reservations }] },
      },
    ],
    savingsPlansUtilizationDetails: [
      {
        name: 'GetSavingsPlansUtilizationDetails-1.json',
        query: '',
        content: { TimePeriod, SavingsPlansUtilizationDetails: savingsPlans },
      },
    ],
  };
}

export const costGroup = (account: string, service: string, amount: string, unit = 'USD'): object => ({
  Keys: [account, service],
  Metrics: { AmortizedCost: { Amount: amount, Unit: unit } },
});

export const reservation = (
  id: string,
  attributes: Readonly<Record<string, string | null>>,
  amortizedUpfront: string,
): object => ({
  Key: 'SUBSCRIPTION_ID',
  Value: id,
  Attributes: attributes,
  Utilization: { AmortizedUpfrontFee: amortizedUpfront },
});

export const savingsPlan = (
  arn: string,
  attributes: Readonly<Record<string, string | null>>,
  amortizedUpfront: string,
): object => ({
  SavingsPlanArn: arn,
  Attributes: attributes,
  AmortizedCommitment: { AmortizedUpfrontCommitment: amortizedUpfront },
});
