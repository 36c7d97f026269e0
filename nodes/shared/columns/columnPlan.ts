import type { Sureness } from './alias';
import type { Evidence } from '../core/evidence';
import type { Conversion } from '../records/convertedValues';

/** The kinds of values that the services know. */
export type ValueType = 'string' | 'email' | 'date' | 'integer' | 'double';

/** A column that a destination knows. Destinations keep lists of these as data. */
export interface Attribute extends Evidence {
	/** the service's name */
	name: string;
	type: ValueType;
	/** `required`: must be there; `reserved`: optional, name and type fixed by the service */
	need: 'required' | 'reserved';
	/** a blank value is acceptable although the column is required (ManagerId of the person at the top) */
	mayBeBlank?: boolean;
	/** the only values that the service takes */
	oneOf?: readonly string[];
	/** bounds of a number, inclusive */
	minimum?: number;
	maximum?: number;
	/** longest value in characters */
	maximumLength?: number;
	/** code of the currency in which the service takes amounts */
	currency?: string;
	/** the form in which dates are sent, where it is another one than that of the destination's other columns */
	dateStyle?: 'monthDayYear' | 'yearMonthDay';
	/** person, manager, pay, address or rating: never sent for a name that is only likely */
	onlySure?: true;
	/** a column of dates of which the latest is of these days */
	isRecent?: true;
	/** one sentence for the panel's drop-down */
	description: string;
}

/** The attributes that name people. */
export interface PeopleAttributes {
	person: string;
	manager?: string;
}

/** One column of what will be sent. */
export interface PlannedColumn extends Omit<
	Attribute,
	'need' | 'onlySure' | 'source' | 'description' | 'certainty'
> {
	/** index of the column in the source; -1 for a column that the source lacks and `fixed` fills */
	sourceIndex: number;
	/** the source's name of the column, for findings and for the mapping shown to the user */
	sourceName: string;
	/** value of every record, for a column that the source lacks */
	fixed?: string;
	/** a blank value is an error */
	required: boolean;
	/** why this source column became this attribute, in words */
	reason: string;
	/** what is sent for the words of the source, where the user says it; see `pipeline/translateTable` */
	values?: ReadonlyMap<string, string>;
	/** the values are employee numbers of the people whose addresses are sent; see `managers/` */
	byNumber?: NumberedPeople;
	/** a better reason than the value itself gives, for a value that is refused */
	causeOf?(text: string): string | undefined;
	/** rewrites values to the form that the destination takes; only for columns that need it */
	conversion?: Conversion;
}

/** Where the people of a source and their employee numbers are. */
export interface NumberedPeople {
	/** index of the column with the person's own number, and its name in the source */
	number: number;
	name: string;
	/** index of the column with the person's address */
	person: number;
}

/** What will be sent: the destination's columns in order, and what happened to every source column. */
export interface ColumnPlan {
	columns: PlannedColumn[];
	/** source columns that are not sent */
	leftOut: string[];
	/** of these, the ones that may be an attribute, best first */
	proposals: ColumnProposal[];
}

/** A source column that may be an attribute, but is not sent unless the user says so. */
export interface ColumnProposal {
	/** the source's name of the column */
	column: string;
	attribute: string;
	sureness: Exclude<Sureness, 'sure'>;
	/** why, in one sentence */
	reason: string;
}
