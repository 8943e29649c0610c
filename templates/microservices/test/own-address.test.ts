import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { ownAddress } from '../backend/own-address.ts';

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.0.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});
const ipv6: NetworkInterfaceInfo = { ...ipv4('2001:db8::1'), family: 'IPv6', scopeid: 0 };

test('the address is the first one that others reach the container at', () => {
  const loopback = { lo: [ipv4('127.0.0.1', true)] };
  expect(ownAddress({ ...loopback, eth0: [ipv6, ipv4('172.18.0.3')], eth1: [ipv4('10.0.1.2')] })).toBe('172.18.0.3');
  // As on Fargate.
  expect(ownAddress({ ...loopback, eth0: [ipv4('169.254.172.2')], eth1: [ipv4('10.0.1.2')] })).toBe('10.0.1.2');
  expect(ownAddress({ ...loopback, eth0: [ipv4('169.254.172.2')] })).toBe('169.254.172.2');
  expect(ownAddress({ ...loopback, eth0: [ipv6] })).toBe('127.0.0.1');
});
