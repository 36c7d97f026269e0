import type { AliasCertainty } from '../columns/alias';
import type { Meaning } from './english';
import type { WordList, WordLists } from './words';

/** The words of one source. */
export interface SourceWords {
	/** the HR system or the language */
	system: string;
	/** holds for all words that are not `documented` */
	certainty: AliasCertainty;
	/** of the words below, those that a reference of the vendor or of Microsoft lists */
	documented?: WordList;
	/** where the words are known from */
	note: string;
	words: Readonly<Partial<Record<Meaning, WordLists>>>;
}
