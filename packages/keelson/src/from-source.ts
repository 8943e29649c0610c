/** Whether Keelson runs from its TypeScript sources (a clone) and not from the built package. */
export const fromSource = import.meta.url.endsWith('.ts');
