/** Who may call a route. A route that says nothing needs a signed-in person (`'user'`). */
export type AuthRule = 'public' | 'user' | { readonly scopes: readonly string[] } | { readonly role: string };
