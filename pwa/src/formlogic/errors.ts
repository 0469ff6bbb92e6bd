/**
 * What can go wrong in the engine that no person filling in a form can put right.
 *
 *   FormLogicError
 *   ├── DefinitionError   the server's: a logic or text pack is not what this app reads
 *   ├── ExpressionError   the form author's: an expression that publication ought to have refused
 *   ├── AnswersError      this app's: stored answers do not fit their form
 *   └── UsageError        this app's: a node was asked for what its kind cannot do
 *
 * None is retryable: the same bytes fail again.
 */
export class FormLogicError extends Error {
  override readonly name: string = 'FormLogicError';
}

export class DefinitionError extends FormLogicError {
  override readonly name = 'DefinitionError';
  /** `nodes[12].relevant` */
  readonly place: string;

  constructor(place: string, what: string) {
    super(`${place}: ${what}. Publish the form again.`);
    this.place = place;
  }
}

export class ExpressionError extends FormLogicError {
  override readonly name = 'ExpressionError';
  /** The function at fault, as the author wrote it. */
  readonly functionName: string;

  constructor(functionName: string, what: string) {
    super(`${functionName}(): ${what}. Correct the expression and publish the form again.`);
    this.functionName = functionName;
  }
}

export class AnswersError extends FormLogicError {
  override readonly name = 'AnswersError';
  readonly path: string;

  constructor(path: string, what: string) {
    super(`${path}: ${what}. The draft is kept as it is; report this.`);
    this.path = path;
  }
}

export class UsageError extends FormLogicError {
  override readonly name = 'UsageError';
}
