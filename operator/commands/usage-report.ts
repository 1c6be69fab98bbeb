import { usageReport } from '../usage-report/usage-report';
import { runOperator } from './run-operator';

runOperator(() =>
  Promise.resolve(
    usageReport(process.argv.slice(2), {
      print: (text) => void process.stdout.write(text),
      notify: (text) => void process.stderr.write(text),
    }),
  ),
);
