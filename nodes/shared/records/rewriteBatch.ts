import { FieldQuoting, type RecordBatch } from './recordBatch';

/**
 * A batch in which some fields hold another text. The batch itself stays as it is; new texts lie behind its bytes.
 * @param batch see {@link RecordBatch}
 * @param columns places of the fields to look at, within a record
 * @param rewrite gives the new text of field `f` of record `r` and the place of its column in `columns`, or nothing where it stays
 */
export function rewriteBatch(
	batch: RecordBatch,
	columns: readonly number[],
	rewrite: (r: number, f: number, index: number) => string | undefined,
): RecordBatch {
	const extra: Buffer[] = [];
	let length = batch.bytes.length;
	let rewritten: RecordBatch | undefined;
	for (let r = 0; r < batch.records; r++) {
		for (let index = 0; index < columns.length; index++) {
			const f = batch.fields[r] + columns[index];
			const text = f < batch.fields[r + 1] ? rewrite(r, f, index) : undefined;
			if (text === undefined) continue;
			rewritten ??= {
				...batch,
				starts: batch.starts.slice(),
				ends: batch.ends.slice(),
				quoting: batch.quoting.slice(),
				validation: undefined,
			};
			const bytes = Buffer.from(text, 'utf8');
			extra.push(bytes);
			rewritten.starts[f] = length;
			rewritten.ends[f] = length += bytes.length;
			rewritten.quoting[f] = /[",\r\n]/.test(text) ? FieldQuoting.quoted : FieldQuoting.plain;
		}
	}
	if (rewritten) rewritten.bytes = Buffer.concat([batch.bytes, ...extra], length);
	return rewritten ?? batch;
}
