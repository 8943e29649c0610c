import type { App, Environment, Problem } from '@keelson/contract';
import { checkDelivery } from '../parts/aws-delivery/check.ts';
import { isPrivate, overlap, parseCidr } from './cidr.ts';
import { checkAppName } from './check-app-name.ts';
import { checkMailDomains } from './check-mail.ts';
import { checkSite } from './check-site.ts';
import { siteOf } from './site.ts';

/** What AWS, or this version of Keelson, cannot do with the app: everything at once. */
export function checkForAws(app: App): Problem[] {
  const environments = Object.entries(app.environments ?? {});
  if (environments.length === 0) {
    return [
      {
        path: 'environments',
        message: 'there is no environment',
        hint: 'Add one: `environments: { dev: { ephemeral: true } }`.',
      },
    ];
  }
  return [
    ...checkAppName(app),
    ...environments.flatMap(([name, settings]) => [
      ...checkCidr(name, settings),
      ...checkSite(siteOf(app, name, settings), settings),
    ]),
    ...checkOverlaps(environments),
    ...checkMailDomains(app),
    ...checkDelivery(app),
  ];
}

function checkCidr(environment: string, { network }: Environment): Problem[] {
  if (network?.cidr === undefined) return [];
  const cidr = parseCidr(network.cidr);
  if (cidr && isPrivate(cidr) && cidr.bits >= 16 && cidr.bits <= 24) return [];
  return [
    {
      path: `environments.${environment}.network.cidr`,
      message: `\`${network.cidr}\` is not a private IPv4 block between /16 and /24`,
      hint: 'Write e.g. `10.1.0.0/16`, with zeros behind the prefix.',
    },
  ];
}

/** Networks that overlap can never be connected; asked for on purpose, that is a mistake. */
function checkOverlaps(environments: readonly (readonly [string, Environment])[]): Problem[] {
  const blocks = environments.flatMap(([name, { network }]) => {
    const cidr = network?.cidr === undefined ? undefined : parseCidr(network.cidr);
    return cidr ? [{ name, cidr }] : [];
  });
  return blocks.flatMap(({ name, cidr }, index) =>
    blocks.slice(0, index).flatMap((earlier) =>
      overlap(cidr, earlier.cidr)
        ? [
            {
              path: `environments.${name}.network.cidr`,
              message: `overlaps the network of \`${earlier.name}\``,
              hint: 'Give each environment a block of its own.',
            },
          ]
        : [],
    ),
  );
}
