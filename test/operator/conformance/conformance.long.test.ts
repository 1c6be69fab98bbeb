import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { allCases } from '../../../conformance/all-cases';
import { isReadOnly } from '../../../conformance/case';
import type { Subject } from '../../../conformance/run-case';
import { conformance, type ConformanceOptions } from '../../../operator/conformance/conformance';
import type { CommandContext } from '../../../operator/command-context';
import { startModel } from '../../conformance/targets';

const context = (): CommandContext & { readonly said: string[] } => {
  const said: string[] = [];
  return {
    said,
    print: (text) => said.push(text),
    notify: (text) => said.push(text),
    pause: () => Promise.resolve(),
    now: () => new Date(Date.UTC(2026, 10, 24, 12)),
  };
};

/** The process ends at the given calls, and when a case first enters an account that it has made. */
class InterruptedError extends Error {}

function interruptedAt(subject: Subject, calls: readonly number[]): Subject {
  let count = 0;
  let hasEntered = false;
  return {
    ...subject,
    call: async (call, roleArn, session) => {
      count += 1;
      const said = subject.call(call, roleArn, session);
      const enters = call.operation === 'AssumeRole' && JSON.stringify(call.input).includes('ConformanceAccess');
      const isFirst = enters && !hasEntered;
      hasEntered ||= enters;
      if (!calls.includes(count) && !isFirst) return said;
      // The call has had its effect; nobody hears of its answer.
      await said.catch(() => undefined);
      throw new InterruptedError('killed');
    },
  };
}

const options = (subject: Subject, more: Partial<ConformanceOptions> = {}): ConformanceOptions => ({
  subject,
  folder: mkdtempSync(path.join(tmpdir(), 'conformance-')),
  email: 'aws+{}@corp.example',
  budget: 3,
  readOnly: false,
  run: 'test1',
  confirm: () => Promise.resolve(true),
  ...more,
});

const recordingIn = (folder: string): string =>
  readFileSync(path.join(folder, readdirSync(folder).find((name) => name.startsWith('recording-')) ?? ''), 'utf8');

describe('account-vending conformance, with the model in the place of AWS', () => {
  it('goes on after interruptions, makes three accounts, and shows nothing of the organization', async () => {
    const target = await startModel();
    const subject = interruptedAt(target.subject, [12, 40, 100, 1500]);
    const given = options(subject);
    let interruptions = 0;
    for (;;) {
      try {
        await conformance(given, context());
        break;
      } catch (error) {
        if (!(error instanceof InterruptedError)) throw error;
        interruptions += 1;
      }
    }
    const { organization } = target;
    await target.stop();

    expect(interruptions).toBe(5);
    const made = [...organization.state.accounts.values()].filter(({ joinedMethod }) => joinedMethod === 'CREATED');
    expect(made).toHaveLength(3);
    expect(made.filter(({ state }) => state === 'ACTIVE')).toEqual([]);
    const recording = recordingIn(given.folder);
    const { cases } = JSON.parse(recording) as {
      readonly cases: readonly { readonly verdict: string; readonly why?: string }[];
    };
    // The account whose case was interrupted is one of the three: there is enough for one case.
    const making = allCases.filter(({ accounts = 0 }) => accounts > 0);
    expect(cases.filter(({ why }) => why === 'It makes an account, and no more may be made.')).toHaveLength(
      making.length - 1,
    );
    expect(cases).toHaveLength(allCases.length);
    expect(cases.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(
      recording.match(/\b(?!0{11}1)\d{12}\b|o-exampleorg1|r-ab12|ou-ab12-\w{8}|@corp\.example|ssoins-1/gu),
    ).toBeNull();
  });

  it('changes nothing, and does not ask, where it is to read alone', async () => {
    const target = await startModel();
    const before = [...target.organization.state.units.keys()];
    const given = options(target.subject, {
      readOnly: true,
      email: undefined,
      confirm: () => Promise.reject(new Error()),
    });
    const seen = context();
    await conformance(given, seen);
    await target.stop();

    expect([...target.organization.state.units.keys()]).toEqual(before);
    const { cases } = JSON.parse(recordingIn(given.folder)) as { readonly cases: readonly unknown[] };
    expect(cases).toHaveLength(allCases.filter(isReadOnly).length);
    expect(seen.said[0]).toContain('Nothing is changed.');
  });

  it('does nothing without consent, and says before what it would do', async () => {
    const target = await startModel();
    const before = target.organization.state.accounts.size;
    const seen = context();
    const asked = conformance(options(target.subject, { confirm: () => Promise.resolve(false) }), seen);
    await expect(asked).rejects.toThrow('Nothing was done.');
    const accounts = target.organization.state.accounts.size;
    await target.stop();

    expect(accounts).toBe(before);
    expect(seen.said.join('')).toMatch(/Accounts: 3 at most are made, and closed again/u);
    expect(seen.said.join('')).toMatch(/about \$0\.\d\d/u);
  });

  it('wants an address for new accounts', async () => {
    const target = await startModel();
    const asked = conformance(options(target.subject, { email: 'aws@corp.example' }), context());
    await expect(asked).rejects.toThrow("Give --email for new accounts, such as 'aws+{}@example.com'");
    await target.stop();
  });
});
