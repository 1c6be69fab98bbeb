import { adoptionMapping } from '../adoption-mapping/adoption-mapping';
import { adoptionMappingArguments, USAGE } from '../adoption-mapping/adoption-mapping-arguments';
import { runOperator } from './run-operator';

const print = (text: string): void => void process.stdout.write(text);

runOperator(() =>
  Promise.resolve().then(() => {
    const options = adoptionMappingArguments(process.argv.slice(2));
    if (options !== 'help') {
      return adoptionMapping(options, { print, notify: (text) => void process.stderr.write(text) });
    }
    print(USAGE);
    return 0;
  }),
);
