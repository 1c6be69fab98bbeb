import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { costAnswers, reservation } from '../functions/metering/domain/cost-answers';
import { nodeAlone, runNpm } from './run-npm';

const BUYER = '111111111111';

describe('npm run usage-report', () => {
  let programs: string;
  let folder: string;

  beforeAll(() => {
    programs = nodeAlone();
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-costs-'));
    const bought = { accountId: BUYER, startDateTime: '2026-01-31T20:00:00', upfrontFee: '1200.00' };
    const answers = costAnswers('2026-01', { [BUYER]: ['300'] }, [reservation('ri', bought, '0.5479452055')]);
    const [costs] = answers.costAndUsage;
    const [reservations] = answers.reservationUtilization;
    const files = {
      'accounts.json': { [BUYER]: 'buyer' },
      'GetCostAndUsage-1.json': costs?.content,
      'GetReservationUtilization-1.json': reservations?.content,
    };
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(path.join(folder, name), JSON.stringify(content));
    }
  });
  afterAll(() => {
    rmSync(programs, { recursive: true });
    rmSync(folder, { recursive: true });
  });

  it.each(['America/Los_Angeles', 'UTC', 'Pacific/Auckland'])(
    'charges an upfront fee in the month of UTC, where clocks show that of %s',
    async (TZ) => {
      const args = ['--cost-data', folder, '--reserved-instance-fair-chargeback'];

      const { exitCode, stdout, stderr } = await runNpm('usage-report', args, { programs, variables: { TZ } });

      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({ month: '2026-01', reports: [{ accountId: BUYER, total: '1499.45' }] });
    },
  );
});
