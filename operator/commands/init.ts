import { init } from '../from-meshstack/init';
import { runOperator } from './run-operator';

const print = (text: string): void => void process.stdout.write(text);

runOperator(() => Promise.resolve().then(() => init(process.argv.slice(2), print)));
