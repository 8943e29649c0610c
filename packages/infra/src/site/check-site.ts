import type { Environment, Problem } from '@keelson/contract';
import { checkDatabase } from './check-database.ts';
import { checkFunctions } from './check-functions.ts';
import { checkHttpApi } from './check-http-api.ts';
import { checkMail } from './check-mail.ts';
import { checkNames } from './check-names.ts';
import { checkResources } from './check-resources.ts';
import { checkTokens } from './check-tokens.ts';
import { fargateSizes } from './fargate-sizes.ts';
import { runsTasks, type Site, type SiteService } from './site.ts';

/** Days of retention that CloudWatch Logs takes. Source: AWS, PutRetentionPolicy. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** What cannot be made of one environment; `settings` is what was written, to name the right place. */
export function checkSite(site: Site, settings: Environment): Problem[] {
  const at = `environments.${site.environment}`;
  return [
    ...checkRetention(site, at),
    ...(runsTasks(site) ? checkNetwork(site, at) : []),
    ...checkFunctions(site, settings),
    ...checkNames(site),
    ...checkHttpApi(site),
    ...checkTokens(site),
    ...checkDatabase(site, settings),
    ...checkResources(site),
    ...checkMail(site),
    ...checkZone(site, settings, at),
    ...site.services.flatMap((service) => [
      ...checkCompute(site, service, at),
      ...checkSize(
        service,
        settings.cpu === undefined && settings.memory === undefined ? `services.${service.name}` : at,
      ),
    ]),
    ...checkTasks(site, at),
  ];
}

function checkRetention({ logDays }: Site, at: string): Problem[] {
  if (retentions.includes(logDays)) return [];
  const hint = `Write one of ${retentions.join(', ')}.`;
  return [{ path: `${at}.logDays`, message: `logs cannot be kept for ${logDays} days`, hint }];
}

function checkNetwork({ network, services }: Site, at: string): Problem[] {
  const isExpress = services.some(({ compute }) => compute === 'express');
  if (isExpress && network.tasks === 'private') {
    const message = 'an Express service in private subnets gets an internal load balancer that nobody outside reaches';
    return [
      { path: `${at}.network.tasks`, message, hint: "Write `'public'`, or `compute: 'fargate'` for the services." },
    ];
  }
  if (network.tasks === 'private' && network.nat === 'none') {
    const message = 'private tasks need a way out, to fetch their image and to reach the login provider';
    return [{ path: `${at}.network.nat`, message, hint: "Write `'single'` or `'per-zone'`, or `tasks: 'public'`." }];
  }
  return [];
}

function checkCompute(site: Site, { compute, ingress, architecture }: SiteService, at: string): Problem[] {
  if (compute === 'lambda') return [];
  if (compute === 'fargate') {
    // API Gateway brings an address with a certificate.
    if (ingress === 'http-api' || site.domain !== undefined || site.ephemeral) return [];
    const message =
      'a load balancer needs a host name for its certificate; without one only an ephemeral environment may be';
    return [{ path: `${at}.domain`, message, hint: 'Add `domain`, whose zone is in Route 53, or `ephemeral: true`.' }];
  }
  return [
    ...(site.domain === undefined
      ? []
      : [
          {
            path: `${at}.domain`,
            message: 'Express Mode brings its own host name and takes no other',
            hint: "Leave `domain` out, or write `compute: 'fargate'`.",
          },
        ]),
    ...(architecture === 'arm64'
      ? [
          {
            path: `${at}.architecture`,
            message: 'Express Mode runs x86_64 alone',
            hint: "Leave it out, or write `compute: 'fargate'`.",
          },
        ]
      : []),
  ];
}

function checkSize({ name, compute, cpu, memory }: SiteService, at: string): Problem[] {
  if (compute === 'lambda') return [];
  const memories = fargateSizes.get(cpu);
  if (memories?.includes(memory)) return [];
  if (!memories) {
    const hint = `Write one of ${[...fargateSizes.keys()].join(', ')}.`;
    return [{ path: `${at}.cpu`, message: `Fargate has no task of ${cpu} CPU units (service ${name})`, hint }];
  }
  const message = `Fargate has no task of ${cpu} CPU units with ${memory} MiB (service ${name})`;
  return [{ path: `${at}.memory`, message, hint: `With ${cpu} CPU units: ${memories.join(', ')}.` }];
}

function checkTasks({ services }: Site, at: string): Problem[] {
  const [first] = services;
  if (!first || first.maxTasks >= first.tasks) return [];
  return [{ path: `${at}.maxTasks`, message: 'is less than `tasks`', hint: `Write ${first.tasks} or more.` }];
}

function checkZone({ hostedZone }: Site, { createZone }: Environment, at: string): Problem[] {
  if (!createZone || hostedZone !== undefined) return [];
  const hint = "Name it: `domain: 'app.example.com'`, or `hostedZone: 'example.com'`.";
  return [{ path: `${at}.createZone`, message: 'asks for a hosted zone without a name', hint }];
}
