import { networkInterfaces } from 'node:os';

/**
 * The first IPv4 address that others can reach this container at; `127.0.0.1` without any.
 * Link-local addresses (RFC 3927) come last: a task on Fargate has one for the metadata that ECS gives to itself.
 */
export function ownAddress(interfaces = networkInterfaces()): string {
  const addresses = Object.values(interfaces)
    .flatMap((entries = []) => entries)
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return addresses.find((address) => !address.startsWith('169.254.')) ?? addresses[0] ?? '127.0.0.1';
}
