/** The model cannot be written as HCL: a mistake of the code that built it, not of the person who wrote the app. */
export class HclError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HclError';
  }
}
