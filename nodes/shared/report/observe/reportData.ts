import type { ChangeCounts } from '../../changes/changeCounts';
import type { RuleCode } from '../../findings/catalogue';
import type { Severity } from '../../findings/finding';
import type { MatchedBy } from '../../columns/candidates';
import type { ValueType } from '../../columns/columnPlan';

/** Everything that a report tells. Holds no value of a row: what stood in one is masked before it gets here. */
export interface ReportData {
	verdict: Verdict;
	/** blank where the rows are n8n's items */
	fileName: string;
	/** the service, as an HR admin knows it */
	destination: string;
	/** what is made of the rows: an import, or signals for the HR connector */
	delivery: 'import' | 'signals';
	/** of an import */
	refresh?: 'full' | 'incremental' | 'merge';
	/** what else is known of the delivery; no value of a row */
	facts: ReadonlyArray<readonly [label: string, value: string]>;
	made: Date;
	/** IANA name of the zone in which `made` is told */
	zone: string;
	/** what the rows are called */
	unit: 'row' | 'item';
	/** records read, and of these the ones that break a rule */
	records: number;
	invalid: number;
	/** what is done with those */
	onInvalid: 'stop' | 'leaveOut' | 'send';
	/** findings, counted in full */
	errors: number;
	warnings: number;
	/** of an upload that the service took */
	ingestionId?: string;
	/** whether the rows are what an app needs, where one is named */
	readiness?: { sentence: string };
	rules: BrokenRules;
	columns: SentColumn[];
	leftOut: LeftOutColumn[];
	/** records whose number of fields is that of the header: what fill rates are counted on */
	countedRows: number;
	/** people with a valid row; absent where no column names them */
	people?: number;
	organizations?: Organizations;
	managers?: ManagerOverview;
	/** how the file differs from a previous one, where one was given */
	changes?: ChangeCounts;
}

/** What the report comes to, in a few words and in a sentence. */
export interface Verdict {
	kind: 'good' | 'attention' | 'bad';
	title: string;
	sentence: string;
}

/** The findings by rule and column: what stops the whole file first, then by the rows that it keeps from being sent. */
export interface BrokenRules {
	shown: BrokenRule[];
	/** rules and columns beyond what a report shows, and the findings about them */
	notShown: { kinds: number; findings: number };
}

/** One rule that is broken in one column. */
export interface BrokenRule {
	code: RuleCode;
	severity: Severity;
	count: number;
	/** rows that have no other error, so that they would be valid without this one */
	saves: number;
	sentence: string;
	advice: string;
	/** the first places; fewer than `count` where there are many */
	examples: Example[];
}

/** One place where a rule is broken. */
export interface Example {
	/** as the user counts; absent where the finding is about the whole file */
	row?: number;
	/** the source's name of the column */
	column?: string;
	/** what stands there, masked */
	value?: string;
	/** what about it is wrong, in a few words */
	hint?: string;
}

/** A column that is sent. */
export interface SentColumn {
	column: string;
	attribute: string;
	type: ValueType;
	by: MatchedBy | 'custom';
	reason: string;
	/** records with a value; absent where nobody counted */
	filled?: number;
}

/** A column that is not sent. */
export interface LeftOutColumn {
	column: string;
	reason: string;
	/** records with a value; absent where nobody counted */
	filled?: number;
}

/** Rows and people of each organization. */
export interface Organizations {
	/** largest first; empty where names are not shown */
	shown: Array<{ name: string; rows: number; people: number }>;
	/** different names; at least as many where there were too many to tell apart */
	different: number;
	/** rows and people of organizations that are not shown */
	others: { organizations: number; rows: number; people: number };
	/** rows without an organization */
	blank: number;
	/** why no name is shown */
	hidden?: 'nearlyAllDifferent';
}

/** Who manages whom, in numbers. */
export interface ManagerOverview {
	/** people at the top: without a manager or their own */
	withoutManager: number;
	ownManager: number;
	/** people whose manager has no row */
	managerNotInFile: number;
	/** people whose chain of managers does not reach the top, because somebody on it has no row or it is a loop */
	cutOff: number;
	inLoops: number;
	/** people by distance from the top; the last one stands for all that are deeper, where `deeper` is set */
	layers: Array<{ layer: number; people: number; deeper?: true }>;
	deepest: number;
	/** how many people report to a manager */
	spans: {
		managers: number;
		mean: number;
		median: number;
		largest: number;
		groups: Array<{ from: number; to: number; managers: number }>;
	};
	/** people below the ones that report to the top, by organization of the latter, and the same one level deeper */
	branches: Branch[];
}

/** A part of the company below the top. */
export interface Branch {
	name: string;
	people: number;
	below: Array<{ name: string; people: number }>;
}
