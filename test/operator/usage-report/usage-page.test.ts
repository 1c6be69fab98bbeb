import { meterMonths } from '../../../functions/metering/domain/usage-report';
import { type UsagePageContent, usagePage } from '../../../operator/usage-report/usage-page';
import { costAnswers, reservation } from '../../functions/metering/domain/cost-answers';

const CHARGEBACK = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: false };
const BUYER = '100000000000';

const accountOf = (n: number): string => String(100000000000 + n);

/** So many accounts, each of a tenant of its own, that have cost 1,000.50 and more in each of two months. */
function pageOf(accounts: number, tenantOf = (n: number): string => `tenant-${n}`): string {
  const ids = Array.from({ length: accounts }, (_, n) => accountOf(n));
  const amounts = Object.fromEntries(ids.map((id, n) => [id, [`${1000 + n}.5000000001`]]));
  const bought = { accountId: BUYER, startDateTime: '2026-02-01T00:00:00Z', upfrontFee: '1200' };
  const months = [
    costAnswers('2026-01', amounts),
    costAnswers('2026-02', amounts, [reservation('ri', bought, '92.05')]),
  ];
  const answers = {
    costAndUsage: months.flatMap(({ costAndUsage }, i) => costAndUsage.map((page) => ({ ...page, name: `page-${i}` }))),
    reservationUtilization: months.flatMap(({ reservationUtilization }) => reservationUtilization),
    savingsPlansUtilizationDetails: [],
  };
  const metered = meterMonths(answers, new Map(ids.map((id, n) => [id, tenantOf(n)])), CHARGEBACK);
  if (!metered.ok) throw new Error(JSON.stringify(metered.faults));
  const [january, february] = metered.value;
  if (january === undefined || february === undefined) throw new Error('There are two months.');
  const content: UsagePageContent = {
    metered: february,
    months: [january.usage, february.usage],
    chargeback: CHARGEBACK,
  };
  return usagePage(content);
}

/** Cells of the rows of a table, row by row. */
function rowsOf(page: string, caption: string): readonly (readonly string[])[] {
  const table = page.split('<table>').find((one) => one.includes(`<caption>${caption}`)) ?? '';
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text = '']) => text),
  );
}

describe('the page', () => {
  it('has every tenant and month in a table beside the chart of the dearest', () => {
    const rows = rowsOf(pageOf(50), 'Cost by tenant and month, in USD');

    expect(rows).toHaveLength(52);
    expect(rows[0]).toEqual(['Tenant', '2026-01', '2026-02', 'Total']);
    expect(rows[1]).toEqual(['tenant-0', '1,000.50', '2,108.45', '3,108.95']);
    expect(rows.at(-1)).toEqual(['Total', '51,250.00', '52,357.95', '103,607.95']);
  });

  it('tells what fair chargeback has done to whom', () => {
    const rows = rowsOf(pageOf(2), 'Effect of chargeback in 2026-02, in USD');

    expect(rows).toEqual([
      ['Tenant', 'Amortized cost', 'Upfront fees', 'Discounts', 'Charged'],
      ['tenant-0', '1,000.50', '1,200.00', '-92.05', '2,108.45'],
      ['tenant-1', '1,001.50', '0.00', '0.00', '1,001.50'],
      ['Total', '2,002.00', '1,200.00', '-92.05', '3,109.95'],
    ]);
  });

  it('says what it is about', () => {
    const page = pageOf(2);

    expect(page).toContain('<title>AWS usage of 2026-02</title>');
    expect(page).toContain('<dt>Total</dt><dd>3,109.95 USD</dd>');
    expect(page).toContain('<dt>Accounts</dt><dd>2, of 2 tenants</dd>');
    expect(page).toContain('<dt>Fair chargeback</dt><dd>reserved instances</dd>');
  });

  it.each([
    { accounts: 2, open: 2 },
    { accounts: 50, open: 0 },
  ])('shows the line items of $accounts accounts, $open of them at once', ({ accounts, open }) => {
    const page = pageOf(accounts);

    expect(page.match(/<details/g)).toHaveLength(accounts);
    expect(page.match(/<details open>/g) ?? []).toHaveLength(open);
  });

  it('has words for every chart, and heads for every row and column', () => {
    const page = pageOf(2);

    expect(page.match(/<figure role="img" aria-label="[^"]+: the table below has its figures">/g)).toHaveLength(3);
    expect(page).not.toMatch(/<th(?!ead| scope="(row|col)")/);
  });

  it('lets no name become markup, and loads nothing', () => {
    const page = pageOf(2, () => `"><img src=x onerror='alert(1)'></svg><script>alert(1)</script>`);

    expect(page).not.toMatch(/<img|<script|<\/svg><script/);
    expect(page.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(src|href|on\w+)=/);
    expect(page).not.toMatch(/url\((?!#)|@import|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});
