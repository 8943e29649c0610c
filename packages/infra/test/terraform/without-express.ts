const type = 'aws_ecs_express_gateway_service';
const block = new RegExp(`^resource "${type}" "(\\w+)" \\{\\n[\\s\\S]*?^\\}\\n`, 'gm');

/** What AWS would answer, for what refers to it. */
const answer = `{
      service_arn   = "arn:aws:ecs:eu-central-1:123456789012:service/express"
      ingress_paths = [{ access_type = "PUBLIC", endpoint = "https://express.example.com/" }]
    }`;

/**
 * The same files for a provider that does not know ECS Express Mode yet: a stand-in takes the place of each service. It
 * refers to everything that the service refers to, goes and comes when the service would, and has the attributes that
 * others read. The service's own arguments are not looked at: they are checked against the schema of provider 6.66.
 */
export function withoutExpress(files: ReadonlyMap<string, string>): Map<string, string> {
  const changed = [...files].map(([path, text]): [string, string] => [path, standIn(text)]);
  return new Map(changed);
}

function standIn(text: string): string {
  return text
    .replaceAll(block, (whole, name: string) => {
      const body = whole.replaceAll(/^\s*#.*$/gm, '');
      const references =
        body.match(/(?<![\w."])(?:aws_\w+\.|data\.|local\.|terraform_data\.)[\w.]+(?:\[\*\]\.\w+)?/g) ?? [];
      const [used, depends] = partition(
        references,
        (reference) => reference.split('.').length > 2 || reference.startsWith('local.'),
      );
      return `resource "terraform_data" "express_${name}" {
  input = {
    references = [${used.map((reference) => `jsonencode(${reference})`).join(', ')}]
    answer = ${answer}
  }
  depends_on = [${depends.join(', ')}]
}
`;
    })
    .replaceAll(new RegExp(`${type}\\.(\\w+)\\.`, 'g'), 'terraform_data.express_$1.output.answer.');
}

function partition<T>(items: readonly T[], accepts: (item: T) => boolean): [T[], T[]] {
  return [items.filter(accepts), items.filter((item) => !accepts(item))];
}
