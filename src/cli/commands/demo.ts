/** `supcon demo`, behind `npm start`: SupCon and its cross-entropy baseline on images made from a seed. */
import { EXIT_CODE } from '../../domain/errors';
import { trainAll } from './train';

/** Trains the demonstration and says how to see it; the exit code. */
export async function demonstrate({ dir }: { readonly dir?: string }): Promise<number> {
  process.stdout.write(
    'Training the demonstration: eight kinds of shapes, SupCon first, then cross-entropy on the same views.\n',
  );
  const { endings, runsFolder } = await trainAll({
    source: 'demonstration',
    ...(dir === undefined ? {} : { dir }),
  });
  const isComplete = endings.length === 2 && endings.every(({ endState }) => endState === 'completed');
  process.stdout.write(
    `The runs are in ${runsFolder}. To see them in VS Code, open this folder with the SupCon Lab extension installed ` +
      '(npm run package makes it) and choose the SupCon icon in the activity bar.\n',
  );
  return isComplete ? EXIT_CODE.completed : EXIT_CODE.failed;
}
