/** What a delivery may change, by type: what runs. Anything else is applied by a person, or by whoever may do more. */
const mayChange: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_service: ['update'],
  aws_ecs_task_definition: ['create,delete', 'delete,create', 'delete'],
  aws_lambda_function: ['update'],
};

/**
 * A program for Node that reads `terraform show -json` and fails when the plan changes more than what runs.
 * @param wayOut what a person does then
 */
export function planCheck(wayOut: string): string {
  const types = Object.entries(mayChange).map(([type, actions]) => `  ${type}: ${JSON.stringify(actions)},`);
  return `
const mayChange = {
${types.join('\n')}
};
const { resource_changes: changes = [] } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const others = changes.filter(({ mode, type, change: { actions } }) =>
  mode === "managed" && !["no-op", ...(mayChange[type] ?? [])].includes(actions.join()));
if (others.length > 0) {
  console.error("This commit changes more than what runs. ${wayOut}");
  for (const { address, change } of others) console.error("  " + change.actions.join("/") + " " + address);
  process.exit(1);
}
`.trim();
}
