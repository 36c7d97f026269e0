import { ENGLISH } from '../../nodes/shared/report/language/english';
import { languageOf } from '../../nodes/shared/report/language/language';

/** The language of a report unless somebody chooses another. */
export const ENGLISH_WORDS = languageOf(ENGLISH);
