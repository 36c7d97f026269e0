import { adviceOf, CATALOGUE, sentenceOf, type RuleCode } from './catalogue';
import type { Finding, Severity } from './finding';

/** Where a finding is, and the facts that its sentence tells. */
export interface FindingFacts {
	row?: number;
	column?: string;
	/** see {@link Finding} */
	cause?: string;
	/** what to do about this cause, where that is not what the rule says */
	advice?: string;
	[fact: string]: string | number | undefined;
}

/** How often one rule was broken in one column, for one cause. */
export interface FindingTotal {
	code: RuleCode;
	severity: Severity;
	column?: string;
	cause?: string;
	count: number;
	/** the first row, as the user counts */
	firstRow?: number;
	/** the sentence of the first */
	message: string;
	advice: string;
}

/** Collects findings: counted in full, kept in limited number. */
export interface Findings {
	/** notes one finding and tells its severity */
	add(code: RuleCode, facts?: FindingFacts): Severity;
	/** the findings kept, in the order they were made */
	readonly list: readonly Finding[];
	/** every finding counted, grouped by rule, column and cause, errors first, most frequent first */
	totals(): FindingTotal[];
	readonly errors: number;
	readonly warnings: number;
}

/** Options of {@link createFindings}. */
export interface FindingsOptions {
	/** severities that differ from the catalogue's; `off` silences a rule */
	severities?: Partial<Record<RuleCode, Severity | 'off'>>;
	/** receives every error of a record, kept or not */
	onRowError?: (finding: Finding & { row: number }) => void;
	/** receives everything, kept or not */
	onFinding?: (finding: Finding) => void;
}

/** How many findings of the same rule, column and cause are kept as sentences; all are counted. */
const KEPT_OF_A_KIND = 20;
/** How many findings are kept in all. */
const KEPT_IN_ALL = 500;

/** Makes an empty collection. */
export function createFindings({ severities, onRowError, onFinding }: FindingsOptions = {}): Findings {
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
			const severity = severities?.[code] ?? CATALOGUE[code].severity;
			if (severity === 'off') return 'warning';
			count[severity]++;
			const { row, column, cause } = facts;
			const kind = `${code}\n${column ?? ''}\n${cause ?? ''}`;
			const known = byKind.get(kind);
			if (known) known.count++;
			const kept = (known?.count ?? 1) <= KEPT_OF_A_KIND && list.length < KEPT_IN_ALL;
			const isRowError = onRowError && severity === 'error' && row !== undefined;
			if (known && !kept && !isRowError && !onFinding) return severity;
			const message = messageOf(code, facts);
			const where = { ...(column !== undefined && { column }), ...(cause !== undefined && { cause }) };
			if (!known) {
				const firstRow = row !== undefined && { firstRow: row };
				byKind.set(kind, {
					code,
					severity,
					...where,
					count: 1,
					...firstRow,
					message,
					advice: facts.advice ?? adviceOf(code, filledFacts(facts)),
				});
			}
			const finding: Finding = { code, severity, ...where, message, ...(row !== undefined && { row }) };
			if (kept) list.push(finding);
			onFinding?.(finding);
			if (isRowError) onRowError({ ...finding, row });
			return severity;
		},
		totals() {
			return [...byKind.values()].sort(
				(a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count,
			);
		},
	};
}

function filledFacts(facts: FindingFacts): Record<string, string | number> {
	const known: Record<string, string | number> = {};
	for (const [name, value] of Object.entries(facts)) if (value !== undefined) known[name] = value;
	return known;
}

/** The rule's sentence, with the cause in brackets where one is known. */
function messageOf(code: RuleCode, facts: FindingFacts): string {
	const sentence = sentenceOf(code, filledFacts(facts));
	return facts.cause === undefined ? sentence : `${sentence.slice(0, -1)} (${facts.cause}).`;
}
