import { createReadStream } from 'node:fs';
import { createFindings } from '../../nodes/shared/findings/findings';
import { createPeopleCheck } from '../../nodes/shared/people/peopleCheck';
import { readCsv } from '../../nodes/shared/csv/csvReader';

/*
 * What the rules about all people together keep in memory. Prints one line of JSON.
 * Usage: wholeSet.ts FILE [MONTHS]: with months, each person is given a row for each of so many months.
 */
const [file, months = '1'] = process.argv.slice(2);

async function main(): Promise<void> {
	const findings = createFindings();
	const table = await readCsv(createReadStream(file));
	const person = table.columns.indexOf('Work_Email');
	const manager = table.columns.indexOf('Manager_Work_Email');
	let month = 1;
	const check = createPeopleCheck(
		{
			person,
			manager,
			date: { from: person, dayOf: () => month * 31 },
			names: { person: 'Work_Email', manager: 'Manager_Work_Email' },
		},
		{ everybody: true },
		findings,
	);
	let rows = 0;
	for await (const batch of table.batches) {
		const flags = new Uint8Array(batch.records);
		for (month = 1; month <= Number(months); month++) check.observe(batch, flags);
		rows += batch.records * Number(months);
	}
	const began = performance.now();
	check.conclude(findings);
	console.log(
		JSON.stringify({
			rows,
			people: check.people,
			bytes: check.bytes,
			bytesPerPerson: check.bytes / check.people,
			bytesPerRow: check.bytes / rows,
			concludeSeconds: (performance.now() - began) / 1000,
			findings: findings.totals().map(({ code, count }) => [code, count]),
		}),
	);
}

void main();
