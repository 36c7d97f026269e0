/**
 * How surely a word has its meaning. `sure`: it means one thing; `second`: so does this, but the others come first; `paired`: so
 * does this beside a column for the other half of its pair; `likely`: it can mean something else; `guess`: it is a last resort.
 */
export type Degree = 'sure' | 'second' | 'paired' | 'likely' | 'guess';

/** Words parted by ` | `. Those after an `@` count only where the values are e-mail addresses. */
export type WordList = string;

/** The words for one meaning. A list that stands alone is sure. */
export type WordLists = WordList | Readonly<Partial<Record<Degree, WordList>>>;
