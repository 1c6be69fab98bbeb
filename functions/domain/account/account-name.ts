import { echoed, shown, type Fault } from '../base/fault';

const LONGEST = 50;

/** What AWS holds against an account's name. (AWS Organizations API reference, "CreateAccount", `AccountName`.) */
export function accountNameFaults(name: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (name.length > LONGEST) {
    const message = `is ${shown(name)} (<workspace>.<project>), which has ${name.length} characters; AWS accepts at most ${LONGEST}. Choose shorter identifiers.`;
    faults.push({ field: 'account.name', message, value: echoed(name), limit: LONGEST });
  }
  if (!/^[\u0020-\u007E]+$/.test(name)) {
    const message = `is ${shown(name)} (<workspace>.<project>); AWS accepts printable ASCII characters only. Choose other identifiers.`;
    faults.push({ field: 'account.name', message, value: echoed(name), limit: 'printable ASCII' });
  }
  return faults;
}
