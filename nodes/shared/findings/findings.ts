import { CATALOGUE, sentenceOf, type RuleCode } from './catalogue';
import type { Finding, Severity } from './finding';

/** Where a finding is, and the facts that its sentence tells. */
export interface FindingFacts {
	row?: number;
	column?: string;
	[fact: string]: string | number | undefined;
}

/** How often one rule was broken in one column. */
export interface FindingTotal {
	code: RuleCode;
	severity: Severity;
	column?: string;
	count: number;
	/** the first row, as the user counts */
	firstRow?: number;
	advice: string;
}

/** Collects findings: counted in full, kept in limited number. */
export interface Findings {
	/** notes one finding and tells its severity */
	add(code: RuleCode, facts?: FindingFacts): Severity;
	/** the findings kept, in the order they were made */
	readonly list: readonly Finding[];
	/** every finding counted, grouped by rule and column, errors first, most frequent first */
	totals(): FindingTotal[];
	readonly errors: number;
	readonly warnings: number;
}

/** How many findings of the same rule and column are kept as sentences; all are counted. */
const KEPT_OF_A_KIND = 20;
/** How many findings are kept in all. */
const KEPT_IN_ALL = 500;

/**
 * Makes an empty collection.
 * @param options.severities severities that differ from the catalogue's; `off` silences a rule
 */
export function createFindings(
	options: {
		severities?: Partial<Record<RuleCode, Severity | 'off'>>;
		/** told every error of a record, kept or not */
		onRowError?: (finding: Finding & { row: number }) => void;
		/** told everything, kept or not */
		onFinding?: (finding: Finding) => void;
	} = {},
): Findings {
	const list: Finding[] = [];
	const byKind = new Map<string, FindingTotal>();
	const count: Record<Severity, number> = { error: 0, warning: 0 };

	return {
		list,
		get errors() {
			return count.error;
		},
		get warnings() {
			return count.warning;
		},
		add(code, facts = {}) {
			const severity = options.severities?.[code] ?? CATALOGUE[code].severity;
			if (severity === 'off') return 'warning';
			count[severity]++;
			const kind = `${code}\n${facts.column ?? ''}`;
			let total = byKind.get(kind);
			if (!total) {
				total = { code, severity, count: 0, advice: CATALOGUE[code].advice };
				if (facts.column !== undefined) total.column = facts.column;
				if (facts.row !== undefined) total.firstRow = facts.row;
				byKind.set(kind, total);
			}
			total.count++;
			const kept = total.count <= KEPT_OF_A_KIND && list.length < KEPT_IN_ALL;
			const told = options.onRowError && severity === 'error' && facts.row !== undefined;
			if (!kept && !told && !options.onFinding) return severity;
			const finding: Finding = { code, severity, message: sentenceOf(code, withoutGaps(facts)) };
			if (facts.column !== undefined) finding.column = facts.column;
			if (facts.row !== undefined) finding.row = facts.row;
			if (kept) list.push(finding);
			options.onFinding?.(finding);
			if (told) options.onRowError?.(finding as Finding & { row: number });
			return severity;
		},
		totals() {
			return [...byKind.values()].sort(
				(a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count,
			);
		},
	};
}

function withoutGaps(facts: FindingFacts): Record<string, string | number> {
	const known: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(facts)) if (value !== undefined) known[name] = value;
	return known;
}
