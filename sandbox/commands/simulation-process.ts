import { simulation } from './simulate';
import { fromText } from './simulation-text';
import { runMain } from './run-main';

/** The process in which `account-vending simulate` does its work in this repository. */
const [, , options = ''] = process.argv;
runMain(() => simulation(fromText(options), { print: (text) => void process.stdout.write(text) }));
