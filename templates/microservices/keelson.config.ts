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
    dev: { ephemeral: true, logDays: 3, maxTasks: 2 },
    prod: { domain: 'app.example.com', tasks: 2, maxTasks: 6, logDays: 30 },
  },
  delivery: {
    provider: 'github-actions',
    repository: 'https://github.com/acme/microservices',
    // Of your repository: https://api.github.com/repos/<owner>/<name> tells both.
    github: { ownerId: '1', repositoryId: '1' },
  },
  // GitHub's machines and people share the state. Bucket names are the world's: choose one that nobody has.
  state: { bucket: 'microservices-terraform-state' },
});
