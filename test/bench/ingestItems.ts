import { readFileSync } from 'node:fs';
import { readItems } from '../../nodes/shared/json/itemReader';
import { ingestTable, report, run } from './core';

/*
 * The core alone, as one process: n8n items → checks → zip → upload. The items are made before the clock starts. Prints one
 * line of JSON with its own figures.
 * Usage: ingestItems FILE-OF-JSON-LINES UPLOAD-ADDRESS CA-FILE [LEVEL]
 */
const [file, url, ca, level = '1'] = process.argv.slice(2);

/** Items as n8n keeps them, each an object of its own. */
function itemsOf(path: string): Array<{ json: Record<string, unknown> }> {
	return readFileSync(path, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => ({ json: JSON.parse(line) as Record<string, unknown> }));
}

run(
	async () =>
		await report(async (start) => {
			const items = itemsOf(file);
			const rows = {
				*[Symbol.iterator]() {
					for (const { json } of items) yield json;
				},
			};
			start();
			return await ingestTable(
				async () => await readItems(rows),
				{ url, ca },
				{ level: Number(level), onInvalid: 'stop' },
			);
		}),
);
