/** The child's half of the protocol of protocol/child.mjs. */
import { createInterface } from 'node:readline';

/** @typedef {import('../protocol/child.mjs').Answer} Answer */

/**
 * @typedef {object} PreparedSide
 * @property {Answer} hello what to say when ready
 * @property {(line: string) => Promise<Answer>} answer
 */

/**
 * Prepares a side, then answers each line of standard input until it ends, and leaves. What goes wrong while
 * preparing is told as what is missing.
 * @param {() => Promise<PreparedSide>} prepare
 */
export function serve(prepare) {
  prepare()
    .then(answerLines, tellMissing)
    .then(() => process.exit(), fail);
}

/** @param {PreparedSide} side */
async function answerLines({ hello, answer }) {
  print({ ready: true, ...hello });
  for await (const line of createInterface({ input: process.stdin })) print(await answer(line));
}

/** @param {Error} error */
function tellMissing(error) {
  print({ missing: error.message.split('\n', 1)[0] });
}

/** @param {Error} error */
function fail(error) {
  process.stderr.write(`${error.stack}\n${error.message}\n`);
  process.exit(1);
}

/**
 * Runs a step some times and gives each one's wall time, the processor time of all, and the last loss.
 * @param {number} count
 * @param {() => Promise<number | undefined>} step gives its loss
 * @returns {Promise<{ ms: number[], cpuMs: number, loss: number | undefined }>}
 */
export async function timeSteps(count, step) {
  const used = process.cpuUsage();
  const ms = [];
  let loss;
  for (let i = 0; i < count; i++) {
    const began = performance.now();
    loss = await step();
    ms.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(used);
  return { ms, cpuMs: (user + system) / 1000, loss };
}

/** @param {Answer} answer */
function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
