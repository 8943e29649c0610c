import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { format } from '@cdktn/hcl-tools';
import { parse } from '@cdktn/hcl2json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attribute,
  block,
  type Body,
  call,
  explained,
  HclError,
  jsonencode,
  operation,
  printFile,
  ref,
  text,
} from '../../src/hcl/index.ts';
import { hasTerraform, saySkipped } from '../tools.ts';
import { arbitraryBody, hostileText, meaningOf, withoutEscapes } from './arbitrary.ts';

describe('printer', () => {
  test('writes what a person would have written', () => {
    const body: Body = [
      block(
        'resource',
        ['aws_ecs_service', 'api'],
        [
          attribute('name', 'sso-dev-api'),
          attribute('desired_count', 2),
          attribute('cluster', ref('aws_ecs_cluster.main.id')),
          attribute('subnets', explained([ref('aws_subnet.a.id'), ref('aws_subnet.b.id')], 'Tasks are private.')),
          attribute(
            'policy',
            jsonencode({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Resource: explained('*', 'No resource level.') }],
            }),
          ),
          block('lifecycle', [], [attribute('ignore_changes', [ref('desired_count')])]),
        ],
        'The service.',
      ),
      block('output', ['url'], [attribute('value', text`https://${ref('aws_lb.main.dns_name')}/`)]),
    ];
    expect(printFile(body, 'Generated.')).toBe(`# Generated.

# The service.
resource "aws_ecs_service" "api" {
  name          = "sso-dev-api"
  desired_count = 2
  cluster       = aws_ecs_cluster.main.id

  # Tasks are private.
  subnets = [aws_subnet.a.id, aws_subnet.b.id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        # No resource level.
        Resource = "*"
      },
    ]
  })

  lifecycle {
    ignore_changes = [desired_count]
  }
}

output "url" {
  value = "https://\${aws_lb.main.dns_name}/"
}
`);
  });

  test('refuses what HCL cannot hold', () => {
    const print =
      (value: Parameters<typeof attribute>[1], name = 'x') =>
      () =>
        printFile([attribute(name, value)]);
    expect(print('\ud800')).toThrow(HclError);
    expect(print(Number.NaN)).toThrow(HclError);
    expect(print(1, 'not a name')).toThrow(HclError);
    expect(() => ref('a b')).toThrow(HclError);
    expect(() => ref('a.b\n}')).toThrow(HclError);
    expect(() => call('f(')).toThrow(HclError);
  });

  test('a reason cannot leave its comment', () => {
    const printed = printFile([attribute('a', explained(1, 'why\nresource "x" {\r}\u2028y'))], 'head\nhead = 1');
    expect(printed.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(['a = 1']);
  });

  test('parentheses keep the meaning of nested operations', () => {
    const sum = operation(ref('count.index'), '+', 1);
    expect(printFile([attribute('a', operation(sum, '*', 2))])).toBe('a = (count.index + 1) * 2\n');
  });

  // 200 files of 50 configurations each: starting the parser costs more than parsing.
  test('10,000 random configurations parse to what was meant and are formatted already', async () => {
    const files = fc.array(arbitraryBody, { minLength: 50, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(files, async (bodies) => {
        const configurations = bodies.map((body, index) => block('configuration', [`n${index}`], body));
        const printed = printFile(configurations);
        expect(withoutEscapes(await parse('random.tf', printed))).toEqual(withoutEscapes(meaningOf(configurations)));
        expect(await format(printed)).toBe(printed);
      }),
      { numRuns: 200 },
    );
  }, 300_000);
});

const lacking = hasTerraform() ? undefined : 'this machine lacks terraform ≥ 1.11';
describe.skipIf(saySkipped('what is printed, read by terraform', lacking))('printer, read by terraform', () => {
  test('1,000 random configurations are left alone by terraform fmt', () => {
    const bodies = fc.sample(arbitraryBody, 1000);
    const printed = printFile(bodies.map((body, index) => block('configuration', [`n${index}`], body)));
    expect(
      execFileSync('terraform', ['fmt', '-'], { input: printed, encoding: 'utf8', maxBuffer: 2 ** 26, ...quiet }),
    ).toBe(printed);
  });

  test('hostile strings evaluate to themselves', () => {
    const strings = fc.sample(hostileText, 1000);
    for (const batch of batches(strings, 100)) {
      const expression = printFile([attribute('x', call('base64encode', jsonencode(batch)))])
        .replace(/^x = /, '')
        .replaceAll(/\n\s*/g, '');
      const output = execFileSync('terraform', ['console'], { input: `${expression}\n`, encoding: 'utf8', ...quiet });
      const evaluated: unknown = JSON.parse(Buffer.from(output, 'base64').toString());
      expect(evaluated).toEqual(batch.map((value) => value.normalize('NFC')));
    }
  }, 120_000);
});

/** Away from any configuration, and without the person's own settings. */
const quiet = { cwd: tmpdir(), env: { ...process.env, TF_CLI_CONFIG_FILE: '' }, stdio: 'pipe' } as const;

function batches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
