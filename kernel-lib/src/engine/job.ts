/** What the threads work on: plain numbers, sizes and addresses in the arena. */
export type Job = { readonly id: number };

let jobs = 0;

/** A number for a new job, which the threads know it by. */
export const nextJobId = (): number => ++jobs;
