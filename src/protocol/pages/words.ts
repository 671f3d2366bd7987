/** The words of the editor's language lie in a page as JSON, in the element of this id. */
export const WORDS_ID = 'words';
