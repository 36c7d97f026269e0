import type { AliasCertainty } from '../columns/alias';

/** What HR systems tell of a person. Each destination has its own names for these: see its table of attributes. */
export type Meaning =
	| 'personEmail'
	| 'signInName'
	| 'managerEmail'
	| 'organization'
	| 'effectiveDate'
	| 'reviewDate'
	| 'promotionDate'
	| 'planDate'
	| 'level'
	| 'jobFunction'
	| 'hireDate'
	| 'hourlyRate'
	| 'layer'
	| 'supervisorIndicator'
	| 'onsiteDays'
	| 'location'
	| 'country'
	| 'firstName'
	| 'lastName'
	| 'displayName'
	| 'jobTitle'
	| 'secondaryJobTitle'
	| 'officeStreet'
	| 'officeCity'
	| 'officeState'
	| 'officePostalCode'
	| 'officePostBox'
	| 'company'
	| 'companyCode'
	| 'skills'
	| 'employmentStatus'
	| 'dottedLineManagers'
	| 'assistants'
	| 'resignationDate'
	| 'lastWorkingDate'
	| 'remarks'
	| 'rating'
	| 'oldLevel'
	| 'newLevel'
	| 'newLevelFromLevel'
	| 'homeAddress1'
	| 'homeAddress2'
	| 'homeCity'
	| 'homeState'
	| 'homeZip'
	| 'employeeType'
	| 'scenario';

/**
 * How surely a word has its meaning. `sure`: it means one thing; `second`: so does this, but the others come first; `paired`: so
 * does this beside a column for the other half of its pair; `likely`: it can mean something else; `guess`: it is a last resort.
 */
export type Degree = 'sure' | 'second' | 'paired' | 'likely' | 'guess';

/** Words parted by ` | `. Those after an `@` count only where the values are e-mail addresses. */
export type WordList = string;

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
	/** a list that stands alone is sure */
	words: Readonly<Partial<Record<Meaning, WordList | Readonly<Partial<Record<Degree, WordList>>>>>>;
}
