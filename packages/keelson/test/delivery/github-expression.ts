/** What expressions see: `github.ref`, `steps.role.outcome`, `vars.AWS_ACCOUNT_ID`. */
export type Contexts = Readonly<Record<string, unknown>>;
type Value = unknown;

/**
 * Evaluates an expression of GitHub Actions, as far as the workflows use it. Names are compared without regard to case.
 * Source: GitHub, “Evaluate expressions in workflows and actions”
 * @throws Error for what is not known here
 */
export function evaluate(expression: string, contexts: Contexts): Value {
  const tokens = expression.match(/'(?:[^']|'')*'|[A-Za-z_][\w-]*|[0-9]+|==|!=|&&|\|\||[!().,[\]]/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = (expected?: string) => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new Error(`${expected ?? 'more'} expected in ${expression}`);
    }
    return token;
  };
  const binary = (operators: Record<string, (left: Value, right: Value) => Value>, next: () => Value) => (): Value => {
    let left = next();
    for (let operator = operators[peek() ?? '']; operator; operator = operators[peek() ?? '']) {
      take();
      left = operator(left, next());
    }
    return left;
  };
  const equal = binary(
    { '==': (left, right) => isEqual(left, right), '!=': (left, right) => !isEqual(left, right) },
    unary,
  );
  const and = binary({ '&&': (left, right) => (isTrue(left) ? right : left) }, equal);
  const or = binary({ '||': (left, right) => (isTrue(left) ? left : right) }, and);
  function unary(): Value {
    if (peek() !== '!') return primary();
    take('!');
    return !isTrue(unary());
  }
  function primary(): Value {
    const token = take();
    if (token === '(') {
      const inner = or();
      take(')');
      return inner;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (peek() === '(') return called(token);
    return members(lookUp(contexts, token));
  }
  function called(name: string): Value {
    take('(');
    const args: Value[] = [];
    while (peek() !== ')') {
      args.push(or());
      if (peek() === ',') take(',');
    }
    take(')');
    if (name === 'format')
      return String(args[0]).replaceAll(/\{(\d)\}/g, (_, index) => String(args[Number(index) + 1]));
    const status = contexts[`${name}()`];
    if (typeof status !== 'boolean') throw new Error(`${name}() is not known`);
    return status;
  }
  function members(start: Value): Value {
    let value = start;
    while (peek() === '.' || peek() === '[') {
      if (take() === '.') value = lookUp(value, take());
      else {
        value = lookUp(value, String(or()));
        take(']');
      }
    }
    return value;
  }
  const value = or();
  if (at < tokens.length) throw new Error(`${tokens.slice(at).join(' ')} is left of ${expression}`);
  return value;
}

/** Puts values in the place of `${{ … }}`. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, contexts) ?? ''));
}

export function isTrue(value: Value): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

function isEqual(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase();
  return (left ?? '') === (right ?? '');
}

function lookUp(object: Value, name: string): Value {
  if (typeof object !== 'object' || object === null) return undefined;
  const found = Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1];
}
