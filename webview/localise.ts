/**
 * Takes the words of the editor's language, which the host put into the page: the first import of every page, so that words
 * that are chosen while modules load are in that language too. Without them the page speaks English.
 */
import * as l10n from '@vscode/l10n';
import { WORDS_ID } from '../src/protocol/pages/words';

const words = document.getElementById(WORDS_ID)?.textContent;
if (words !== undefined) l10n.config({ contents: words });
