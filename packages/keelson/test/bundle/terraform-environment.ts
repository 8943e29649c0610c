import type { App } from '@keelson/contract';
import { synth } from '@keelson/infra';

/** Stands for what only AWS knows. */
const unknown = 'known after apply';

/** The variables that the generated Terraform gives to a container; values that are no plain text are {@link unknown}. */
export function terraformEnvironment(app: App, file: string, local: string): Record<string, string> {
  const text = synth(app).files.get(file) ?? '';
  const body = new RegExp(`^ {2}${local} = \\{\\n([\\s\\S]*?)^ {2}\\}$`, 'm').exec(text)?.[1] ?? '';
  const lines = [...body.matchAll(/^ {4}(\w+) += (?:"([^"$]*)"|.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value]) => [name, value ?? unknown]));
}

/** What the generated Terraform starts in place of the image's own command. */
export function terraformCommand(app: App, file: string): string[] {
  const [, list = '[]'] = /^ +command += (\[.*\])$/m.exec(synth(app).files.get(file) ?? '') ?? [];
  return JSON.parse(list) as string[];
}
