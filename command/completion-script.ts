import type { Command } from 'commander';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What may follow some words of the command. */
interface Level {
  /** Below the program: `vendings list`. */
  readonly words: string;
  readonly choices: readonly { readonly word: string; readonly summary: string }[];
}

/** The completion of a shell, from the tree of the commands. Where it knows no word, the shell completes files. */
export function completionScript(shell: (typeof SHELLS)[number], program: Command): string {
  const levels = levelsOf(program, []);
  switch (shell) {
    case 'bash':
      return bash(program.name(), levels);
    case 'zsh':
      // zsh reads the completion of bash by a function of its own.
      return `#compdef ${program.name()}\nautoload -U +X bashcompinit && bashcompinit\n${bash(program.name(), levels)}`;
    case 'fish':
      return fish(program.name(), levels);
  }
}

function levelsOf(command: Command, before: readonly string[]): readonly Level[] {
  const commands = command.commands.map((inner) => ({ word: inner.name(), summary: inner.summary() }));
  const options = command.options.map(({ long, flags, description }) => ({
    word: long ?? flags,
    summary: description,
  }));
  const help = { word: '--help', summary: 'show this help' };
  return [
    { words: before.join(' '), choices: [...commands, ...options, help] },
    ...command.commands.flatMap((inner) => levelsOf(inner, [...before, inner.name()])),
  ];
}

const wordsOf = ({ choices }: Level): string => choices.map(({ word }) => word).join(' ');

function bash(name: string, levels: readonly Level[]): string {
  const cases = levels.map((level) => `    '${level.words}') choices='${wordsOf(level)}' ;;`);
  const known = levels.map(({ words }) => `'${words}'`).join('|');
  const complete = `_${name.replaceAll('-', '_')}`;
  return `# The completion of ${name}. Made by: ${name} completion
${complete}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" level='' word longer choices=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    longer="\${level:+$level }$word"
    case "$longer" in ${known}) level="$longer" ;; esac
  done
  case "$level" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F ${complete} ${name}
`;
}

function fish(name: string, levels: readonly Level[]): string {
  const lines = levels.flatMap(({ words, choices }) => {
    const inner = levels.flatMap((level) => (isBelow(level.words, words) ? [level.words.split(' ').at(-1)] : []));
    const seen = words.split(' ').filter((word) => word !== '');
    const conditions = [
      ...seen.map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(inner.length === 0 ? [] : [`not __fish_seen_subcommand_from ${inner.join(' ')}`]),
    ];
    const condition = conditions.length === 0 ? '' : ` -n '${conditions.join('; and ')}'`;
    return choices.map(({ word, summary }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c ${name}${condition} ${what} -d '${summary.replaceAll("'", "\\'")}'`;
    });
  });
  return `# The completion of ${name}. Made by: ${name} completion fish\n${lines.join('\n')}\n`;
}

const isBelow = (words: string, above: string): boolean =>
  words !== '' && words.split(' ').slice(0, -1).join(' ') === above;
