/** Training stopped because a loss or a gradient was not finite. The model keeps the last weights that worked. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  /** The step that failed, counted from 1. */
  readonly step: number;
  /** Norm of the last gradients: of this step's, if its loss was finite, else of the step's before. */
  readonly gradientNorm: number;

  constructor(
    where: string,
    { step, loss, gradientNorm }: { step: number; loss: number; gradientNorm: number },
  ) {
    super(
      `${where}: step ${step}: expected a finite loss and gradient, got loss ${loss}, gradient norm ${gradientNorm}; ` +
        `the last weights with a finite loss are kept. A smaller learning rate or clipping the gradients may help.`,
    );
    this.step = step;
    this.gradientNorm = gradientNorm;
  }
}
