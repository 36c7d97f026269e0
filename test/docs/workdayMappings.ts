import { Readable } from 'node:stream';
import { createFindings } from '../../nodes/shared/findings/findings';
import { openTableFile } from '../../nodes/shared/files/openTableFile';
import { sampleTable } from '../../nodes/shared/records/sampleTable';
import { planImport } from '../../nodes/shared/viva/attributes/planImport';
import { SAMPLE_EXPORTS, type SampleExport } from '../fixtures/exports';

/** Reports whose mapping the documents show. */
const SHOWN = [
	'Workday report as a service',
	'Workday report with groups',
	'Workday report in US spelling, dates as people see them',
];

/** The mapping of three Workday reports, in Markdown, as the step's result tells it. */
export async function workdayMappings(): Promise<string> {
	const parts: string[] = [];
	for (const name of SHOWN) {
		const sample = SAMPLE_EXPORTS.find((candidate) => candidate.name === name);
		if (!sample) throw new Error(`there is no sample export ${name}`);
		parts.push(await section(sample));
	}
	return parts.join('\n');
}

async function section({ name, fileName, bytes }: SampleExport): Promise<string> {
	const opened = await openTableFile(
		{ fileName, mimeType: '', open: async () => Readable.from([bytes()]) },
		{},
	);
	if (opened.format === 'zip') throw new Error('not a table');
	const { table, samples } = await sampleTable(await opened.open(), 300);
	const findings = createFindings();
	const { mapping, plan } = planImport(
		{ columns: table.columns, samples },
		{ destination: 'vivaHr', refresh: 'full', mapping: [], matching: 'sure', otherColumns: 'leaveOut' },
		findings,
	);
	const rows = mapping.map(({ column, attribute, by }) => `| \`${column}\` | \`${attribute}\` | ${by} |`);
	const told = findings.list.map(({ severity, message }) => `- ${severity}: ${message}`);
	return [
		`**${name}** (\`${fileName}\`)`,
		'',
		'| Column | Attribute | Matched by |',
		'|---|---|---|',
		...rows,
		'',
		`Left out: ${plan.leftOut.length === 0 ? 'nothing' : plan.leftOut.map((column) => `\`${column}\``).join(', ')}`,
		'',
		...(told.length > 0 ? ['Messages:', '', ...told, ''] : []),
	].join('\n');
}

const BEGIN = '<!-- mappings -->';
const END = '<!-- end of mappings -->';

/** A page with the mappings as they are now between its two marks. */
export async function withMappings(page: string): Promise<string> {
	const [before, rest = ''] = page.split(BEGIN);
	const after = rest.split(END)[1] ?? '';
	return `${before}${BEGIN}\n\n${await workdayMappings()}\n${END}${after}`;
}
