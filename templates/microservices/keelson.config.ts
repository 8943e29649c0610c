import { defineApp } from '@keelson/contract';

export default defineApp({
  name: 'microservices',
  region: 'us-east-1',
  services: {
    // A folder of files behind nginx. It has no `paths`: it gets whatever no other service's take.
    frontend: {
      source: 'frontend',
      server: 'nginx',
      port: 8080,
      health: '/health',
      compute: 'fargate',
      cpu: 256,
      memory: 512,
    },
    backend: {
      source: 'backend/main.ts',
      // Its own address locally; with the frontend's port everything is at one address, as in AWS.
      port: 8000,
      health: '/health',
      // The load balancer sends these to the backend, and everything else to the frontend.
      paths: ['/api', '/api/*'],
      compute: 'fargate',
      cpu: 256,
      memory: 512,
    },
  },
  environments: {
    // Its tasks are in private subnets, with one NAT gateway ($33 a month) as their way out. `network: { tasks: 'public' }` saves
    // it: tasks then have public addresses, and still only the load balancer reaches them.
    dev: { ephemeral: true, logDays: 3, maxTasks: 2 },
    // A NAT gateway in each zone, and two tasks of each service. The zone of the domain, example.com, is in Route 53 already;
    // `createZone: true` makes one.
    prod: { domain: 'app.example.com', tasks: 2, maxTasks: 6, logDays: 30 },
  },
  delivery: {
    provider: 'github-actions',
    repository: 'https://github.com/acme/microservices',
    // Of your repository: https://api.github.com/repos/<owner>/<name> tells both. The environment of `prod` at GitHub is `production`;
    // `environments: { prod: 'live' }` gives it another name.
    github: { ownerId: '1', repositoryId: '1' },
  },
  // GitHub's machines and people share the state. Choose a name that nobody else in AWS has.
  state: { bucket: 'microservices-terraform-state' },
});
