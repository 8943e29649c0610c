export { type App, type AppInput, defineApp } from './app.ts';
export { checkApp, isApp } from './check.ts';
export { defaultPort } from './check/references.ts';
export {
  type Compute,
  type Environment,
  type Delivery,
  type Ingress,
  type RouteRule,
  type ServerKind,
  type Service,
  type State,
  appSchema,
} from './schema.ts';
export { dockerfileOf } from './dockerfile.ts';
export { githubEnvironment, githubRepository, githubSubject } from './github.ts';
export { ingressOf } from './ingress.ts';
export { fillName, namePattern, upperSnake } from './names.ts';
export { nearest } from './nearest.ts';
export { frontService, matchesPath, type PathRule, pathRules } from './paths.ts';
export type { Problem } from './problem.ts';
export { type Resource, type ResourceKind, resourceKinds } from './resources/index.ts';
export {
  type Variable,
  type ResourceContract,
  type ServiceContract,
  contractOf,
  serviceVariables,
} from './variables.ts';
