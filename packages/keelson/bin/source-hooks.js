// Resolves Keelson's packages to their TypeScript sources: a clone runs without a build.
export function resolve(specifier, context, nextResolve) {
  const conditions = context.conditions.includes('keelson-source')
    ? context.conditions
    : ['keelson-source', ...context.conditions];
  return nextResolve(specifier, { ...context, conditions });
}
