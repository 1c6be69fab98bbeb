import { planCommand } from './plan-command';

const { exitCode, stdout, stderr } = planCommand(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
