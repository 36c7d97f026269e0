import type { ColumnPlan, PlannedColumn } from '../../columns/columnPlan';
import { isBlank } from '../../core/bytes';
import type { RecordBatch } from '../../records/recordBatch';
import { ValueIndex } from '../../records/valueIndex';
import { ATTRIBUTE_SETS } from '../attributes/attributes';
import type { DestinationId } from '../service/destinations';

/** Counts the rows in which an attribute has a value. */
export interface FilledRows {
	readonly column: PlannedColumn;
	readonly filled: number;
	/** @param r a record that is sent */
	observe(batch: RecordBatch, r: number): void;
}

/**
 * Makes the counter of one attribute. A value that deletes what the service has stored counts as none.
 * @param destination knows the values that delete
 * @param column the column that is sent as the attribute
 */
export function countFilledRows(destination: DestinationId, column: PlannedColumn): FilledRows {
	const { sourceIndex, type, fixed = '' } = column;
	const marker = ATTRIBUTE_SETS[destination].deletion?.markers[type]?.value;
	const deletes = marker === undefined ? undefined : Buffer.from(marker);
	let filled = 0;
	return {
		column,
		get filled() {
			return filled;
		},
		observe({ bytes, fields, starts, ends }, r) {
			if (sourceIndex < 0) {
				if (fixed !== '') filled++;
				return;
			}
			const f = fields[r] + sourceIndex;
			if (f >= fields[r + 1]) return;
			const start = starts[f];
			const end = ends[f];
			if (isBlank(bytes, start, end)) return;
			if (deletes?.length === end - start && deletes.compare(bytes, start, end) === 0) return;
			filled++;
		},
	};
}

/** Finds out whether a column has more different texts than an app takes. */
export interface DifferentTexts {
	readonly column: PlannedColumn;
	readonly tooMany: boolean;
	/** @param r a record that is sent */
	observe(batch: RecordBatch, r: number): void;
}

/**
 * Makes the counters of the custom attributes, each of which keeps so many values and no more. What begins with a digit or a sign
 * may be a number or a date, and such values are not limited.
 * @param destination tells custom attributes from its own
 * @param plan what is sent
 * @param limit number of different texts that an attribute may have
 */
export function countDifferentTexts(
	destination: DestinationId,
	plan: ColumnPlan,
	limit: number,
): DifferentTexts[] {
	return customColumns(destination, plan)
		.filter(({ type, sourceIndex }) => type === 'string' && sourceIndex >= 0)
		.map((column) => {
			const values = new ValueIndex(limit);
			return {
				column,
				get tooMany() {
					return values.full;
				},
				observe(batch, r) {
					if (values.full) return;
					const f = batch.fields[r] + column.sourceIndex;
					if (f >= batch.fields[r + 1] || !beginsWithLetter(batch, f)) return;
					values.idOf(batch, f);
				},
			};
		});
}

/** The columns whose names are not the service's own. */
export function customColumns(destination: DestinationId, { columns }: ColumnPlan): PlannedColumn[] {
	const { attributes } = ATTRIBUTE_SETS[destination];
	return columns.filter(({ name }) => !attributes.some((attribute) => attribute.name === name));
}

/** Letters outside of ASCII are those from 128 on. */
function beginsWithLetter({ bytes, starts, ends }: RecordBatch, f: number): boolean {
	if (starts[f] === ends[f]) return false;
	const first = bytes[starts[f]];
	const folded = first | 0x20;
	return first >= 0x80 || (folded >= 0x61 && folded <= 0x7a);
}
