/** Entry of the process in which an engine is tried: one question, one answer, then its parent ends it. */
import { answer, type Question } from './process';

process.once('message', (question) => {
  void answer(question as Question).then((given) => process.send?.(given));
});
process.once('disconnect', () => process.exit(0));
