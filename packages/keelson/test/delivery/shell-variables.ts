/** Names that a script sets, and names that it cannot do without. */
export function shellVariables(shell: string): { readonly set: readonly string[]; readonly used: readonly string[] } {
  const set = [...shell.matchAll(/(?:^|\s)(\w+)=|for (\w+) in|(?:local|declare -A) ([\w ]+)/gm)].flatMap(
    ([, one, two, more]) => [one, two, ...(more?.split(' ') ?? [])],
  );
  // In `${NAME:-…}` and `${NAME:+…}` it may be unset.
  const used = [...shell.matchAll(/\$(?:\{([A-Za-z_]\w*)(?!\w|:[-+])|([A-Za-z_]\w*))/g)].map(
    ([, one, two]) => one ?? two,
  );
  const named = (names: readonly (string | undefined)[]) =>
    names.filter((name) => name !== undefined && name !== '') as string[];
  return { set: named(set), used: named(used) };
}
