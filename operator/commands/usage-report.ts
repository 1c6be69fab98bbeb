import { usageReport } from '../usage-report/usage-report';
import { runOperator } from './run-operator';

runOperator(() =>
  Promise.resolve(
    usageReport(process.argv.slice(2), {
      say: (text) => void process.stdout.write(text),
      tell: (text) => void process.stderr.write(text),
    }),
  ),
);
