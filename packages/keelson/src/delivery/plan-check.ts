/** What a delivery may change, by type: what runs. Anything else is applied by a person, or by whoever may do more. */
const mayChange: Readonly<Record<string, readonly string[]>> = {
  aws_ecs_service: ['update'],
  aws_ecs_task_definition: ['create,delete', 'delete,create', 'delete'],
  aws_lambda_function: ['update'],
};

/** What may change of it, where that is less than all: the roles of deliveries may exchange a function's code, and not its settings. */
const attributes: Readonly<Record<string, readonly string[]>> = { aws_lambda_function: ['image_uri'] };

/**
 * A program for Node that reads `terraform show -json` and fails when the plan changes more than what runs.
 * @param wayOut what a person does then
 */
export function planCheck(wayOut: string): string {
  return `
const mayChange = {
${entries(mayChange)}
};
const attributes = {
${entries(attributes)}
};
const changed = ({ before, after, after_unknown: unknown = {} }) =>
  Object.keys({ ...before, ...after }).filter((key) => unknown[key] !== true && JSON.stringify(before?.[key]) !== JSON.stringify(after?.[key]));
const isWhatRuns = ({ type, change }) =>
  (mayChange[type] ?? []).includes(change.actions.join()) &&
  (!attributes[type] || changed(change).every((key) => attributes[type].includes(key)));
const { resource_changes: changes = [] } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const others = changes.filter((each) => each.mode === "managed" && each.change.actions.join() !== "no-op" && !isWhatRuns(each));
if (others.length > 0) {
  console.error("This commit changes more than what runs. ${wayOut}");
  for (const { address, change } of others) console.error("  " + change.actions.join("/") + " " + address);
  process.exit(1);
}
`.trim();
}

function entries(byType: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(byType)
    .map(([type, values]) => `  ${type}: ${JSON.stringify(values)},`)
    .join('\n');
}
