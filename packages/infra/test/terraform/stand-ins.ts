/** What AWS would answer for each attribute that others read, by type of resource: HCL, or what the argument of that name says. */
export type StandIns = Readonly<Record<string, Answer>>;
type Answer = Readonly<Record<string, string | typeof asGiven>>;

/** The attribute is an argument, and as it was written. */
export const asGiven = Symbol('as given');

/**
 * The same files with a stand-in (`terraform_data`) for each resource of these types. It refers to everything that the resource
 * refers to, goes and comes when that would, and has the attributes that others read. The resource's own arguments are not
 * looked at.
 */
export function withStandIns(files: ReadonlyMap<string, string>, standIns: StandIns): Map<string, string> {
  return new Map(
    [...files].map(([path, text]) => [
      path,
      Object.entries(standIns).reduce((changed, [type, answer]) => replaceType(changed, type, answer), text),
    ]),
  );
}

function replaceType(text: string, type: string, answer: Answer): string {
  const block = new RegExp(`^resource "${type}" "(\\w+)" \\{\\n[\\s\\S]*?^\\}\\n`, 'gm');
  const short = type.replace(/^aws_/, '');
  return text
    .replaceAll(block, (whole, name: string) => standIn(`${short}_${name}`, whole, answer))
    .replaceAll(new RegExp(`${type}\\.(\\w+)\\.`, 'g'), `terraform_data.${short}_$1.output.answer.`)
    .replaceAll(new RegExp(`\\b${type}\\.(\\w+)\\b`, 'g'), `terraform_data.${short}_$1`);
}

function standIn(name: string, whole: string, answer: Answer): string {
  const body = whole.replaceAll(/^\s*#.*$/gm, '');
  const references =
    body.match(/(?<![\w."])(?:aws_\w+\.|data\.|local\.|terraform_data\.)[\w.]+(?:\[\*\]\.\w+)?/g) ?? [];
  const isValue = (reference: string) => reference.split('.').length > 2 || reference.startsWith('local.');
  const given = (attribute: string) => new RegExp(`^  ${attribute}\\s+= (.*)$`, 'm').exec(body)?.[1] ?? 'null';
  const answers = Object.entries(answer).map(
    ([attribute, value]) => `${attribute} = ${value === asGiven ? given(attribute) : value}`,
  );
  return `resource "terraform_data" "${name}" {
  input = {
    references = [${references
      .filter(isValue)
      .map((reference) => `jsonencode(${reference})`)
      .join(', ')}]
    answer = { ${answers.join(', ')} }
  }
  depends_on = [${references.filter((reference) => !isValue(reference)).join(', ')}]
}
`;
}

const ephemeralBlock = /^ephemeral "(\w+)" "(\w+)" \{\n[\s\S]*?^\}\n/gm;

/** The mock of a provider has no ephemeral values: a text takes the place of each. */
export function withoutEphemeral(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...files].map(([path, text]) => [
      path,
      text.replaceAll(ephemeralBlock, '').replaceAll(/ephemeral\.\w+\.\w+\.\w+/g, '"stand-in"'),
    ]),
  );
}
