/** Names of routes as Terraform would have them: `GET /v1/shows/{id}` → `get_v1_shows_id`; those that coincide are numbered. */
export function routeIds(keys: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    [...new Set(keys)].map((key) => {
      const plain = plainId(key);
      let id = plain;
      for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`;
      taken.add(id);
      return [key, id];
    }),
  );
}

function plainId(key: string): string {
  const words = key.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.length === 1 ? `${words[0]}_root` : words.join('_');
}
