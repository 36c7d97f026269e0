import type { DatasetCheck } from '../../checks/dataset/datasetCheck';
import type { ColumnPlan } from '../../columns/columnPlan';
import type { Findings } from '../../findings/findings';
import type { RecordBatch } from '../../records/recordBatch';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import { DESTINATIONS, type DestinationId, type RefreshKind } from '../service/destinations';
import { answerOf, shareTexts, tenthsOfPercent, type Readiness, type Shortfall } from './answer';
import { APPS, type App, type AppId, type Need } from './apps';
import {
	countDifferentTexts,
	countFilledRows,
	customColumns,
	type DifferentTexts,
	type FilledRows,
} from './filledRows';

/** For which app the rows of an import are counted, and what the import is. */
export interface ReadinessRequest {
	app: AppId;
	destination: DestinationId;
	refresh: RefreshKind;
	onlyChanges: boolean;
}

/** Counts the rows of one import for an app. */
export interface ReadinessCheck {
	/** Makes the check of a reading, the first or another. */
	begin(plan: ColumnPlan, findings: Findings): DatasetCheck;
	/** What the last reading came to; nothing where it sends no row. */
	found(): Readiness | undefined;
}

/**
 * Makes what counts the sent rows of an import for an app. No file shows whether an import is the first one. So what is documented
 * for the first import is an error where everybody is sent, and a warning where only some people are.
 * @param request see {@link ReadinessRequest}
 */
export function createReadinessCheck(request: ReadinessRequest): ReadinessCheck {
	let last: ReadinessReading | undefined;
	return {
		begin(plan, findings) {
			last = new ReadinessReading(request, plan);
			last.checkColumns(findings);
			return last;
		},
		found: () => last?.found(),
	};
}

class ReadinessReading implements DatasetCheck {
	private readonly app: App;
	/** the rows are not everybody */
	private readonly part: boolean;
	private readonly needs: ReadonlyArray<{ need: Need; counted?: FilledRows }>;
	private readonly texts: readonly DifferentTexts[];
	private readonly shortfalls: Shortfall[] = [];
	private rows = 0;

	constructor(
		private readonly request: ReadinessRequest,
		private readonly plan: ColumnPlan,
	) {
		const { destination, refresh, onlyChanges } = request;
		this.app = APPS[request.app];
		this.part = onlyChanges || refresh === 'incremental';
		const { needs, valuesPerCustomAttribute: limit } = this.app;
		this.needs = (needs[destination] ?? []).map((need) => {
			const column = plan.columns.find(({ name }) => name === need.attribute);
			return { need, ...(column && { counted: countFilledRows(destination, column) }) };
		});
		this.texts = limit && needs[destination] ? countDifferentTexts(destination, plan, limit.value) : [];
	}

	/** Finds what the columns alone show. */
	checkColumns(findings: Findings): void {
		const { displayName: app, needs, maximumCustomAttributes } = this.app;
		const { destination } = this.request;
		if (!needs[destination]) {
			this.addDestination(findings);
			return;
		}
		for (const { need, counted } of this.needs) if (!counted) this.addMissingColumn(need, findings);
		const limit = maximumCustomAttributes?.value ?? Infinity;
		const { length: count } = customColumns(destination, this.plan);
		if (count <= limit) return;
		findings.add('readiness-attributes-many', { app, count, limit });
		this.shortfalls.push({ text: `${count} custom attributes, at most ${limit} are taken`, sure: true });
	}

	private addDestination(findings: Findings): void {
		const nameOf = (id: string) => DESTINATIONS[id as DestinationId].displayName;
		const destination = nameOf(this.request.destination);
		const other = Object.keys(this.app.needs).map(nameOf).join(' or ');
		findings.add('readiness-destination', { app: this.app.displayName, destination, other });
		const text = `no document says that the app reads data from ${destination}`;
		this.shortfalls.push({ text, sure: false });
	}

	private addMissingColumn(need: Need, findings: Findings): void {
		const { attribute } = need;
		const { destination, refresh } = this.request;
		const cause = this.doubtOf(need);
		this.shortfalls.push({ text: `no column holds '${attribute}'`, sure: cause === undefined });
		// The plan of the columns has a finding of its own.
		if (ATTRIBUTE_SETS[destination].requiredFor[refresh]?.includes(attribute)) return;
		const facts = { app: this.app.displayName, attribute };
		if (cause === undefined) findings.add('readiness-column-missing', facts);
		else findings.add('readiness-column-unsure', { ...facts, cause });
	}

	observe(batch: RecordBatch, skip: Uint8Array): void {
		for (let r = 0; r < batch.records; r++) {
			if (skip[r] !== 0) continue;
			this.rows++;
			for (const { counted } of this.needs) counted?.observe(batch, r);
			for (const texts of this.texts) texts.observe(batch, r);
		}
	}

	conclude(findings: Findings): void {
		if (this.rows === 0) return;
		for (const { need, counted } of this.needs) if (counted) this.compare(need, counted, findings);
		const limit = this.app.valuesPerCustomAttribute?.value;
		for (const { tooMany, column } of this.texts) {
			if (!tooMany) continue;
			const { sourceName } = column;
			findings.add('readiness-values-many', { app: this.app.displayName, column: sourceName, limit });
			this.shortfalls.push({ text: `'${sourceName}' has more than ${limit} different values`, sure: true });
		}
	}

	private compare(need: Need, { filled, column }: FilledRows, findings: Findings): void {
		// Whole numbers: 95 of 100 are 95 %.
		if (filled > 0 && filled * 100 >= this.rows * need.percent) return;
		const cause = this.doubtOf(need);
		const { found, needed } = shareTexts(need, filled, this.rows);
		const facts = { app: this.app.displayName, column: column.sourceName, what: need.has, found, needed };
		if (cause === undefined) findings.add('readiness-coverage', facts);
		else findings.add('readiness-coverage-unsure', { ...facts, cause });
		const are = cause === undefined ? 'are' : 'may be';
		this.shortfalls.push({
			text: `${found} have ${need.has}, ${needed} ${are} needed`,
			sure: cause === undefined,
		});
	}

	/** Why a need is not sure for this import; nothing where it is. */
	private doubtOf({ certainty, doubt }: Need): string | undefined {
		if (certainty !== 'documented') return doubt ?? 'no document says so';
		return this.part ? 'only the rows of this import are counted' : undefined;
	}

	found(): Readiness | undefined {
		if (this.rows === 0) return undefined;
		return {
			app: this.app.displayName,
			...answerOf(this.app, this.shortfalls, this.part),
			rows: this.rows,
			attributes: this.needs.map(({ need: { attribute, percent }, counted }) => ({
				attribute,
				filledPercent: counted ? tenthsOfPercent(counted.filled, this.rows) : null,
				neededPercent: percent,
			})),
		};
	}
}
