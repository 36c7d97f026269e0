import { CATALOGUE, type Rule, type RuleCode, type RuleScope } from '../nodes/shared/findings/catalogue';
import { ATTRIBUTE_SETS, type AttributeSet } from '../nodes/shared/viva/attributes/attributes';

const INTRODUCTION = `# The rules

Everything that the steps check, written by \`npx tsx scripts/write-rules-doc.ts\` from
[\`catalogue.ts\`](../nodes/shared/findings/catalogue.ts), which is also what the steps read. Do not edit this page.

- **Errors** keep back the row or, where they concern the file or its header, the whole file. **Warnings** keep back nothing.
- The option **Rule Settings** makes an error of any rule, or a warning, or switches it off, by its code. Codes never change.
- **Certainty**: *documented* rules are written in Microsoft's pages, *inferred* ones follow from them or from experience. Inferred
  rules are warnings, but for two that ask the user or guard a column that the documents leave open.
- **Source** is the key of the section in our notes on Microsoft's pages: A for Viva Insights, B for Organizational Data, C for
  Purview, F for contradictions between pages and how we read them.
- \`…\` stands for names of columns and numbers. No sentence ever holds a value of a row.
`;

const SCOPES: Record<RuleScope, { title: string; text: string }> = {
	file: {
		title: 'The file',
		text: 'Looked at once, mostly for ready zip files, which are sent as they are.',
	},
	header: { title: 'The header', text: 'Which columns there are, and under which names they are sent.' },
	row: { title: 'Each row', text: 'Values, and values that belong together.' },
	set: {
		title: 'All rows together',
		text: 'Known only when the last row was read. Rows that are left out do not count.',
	},
};

const MEASURED = `## What the rules cost

Processor time and memory of the whole way, with all rules and without: [performance.md](performance.md).

The file is read once; a second time only where the last rows show that dates were read with day and month exchanged. What grows
with the file are the rules about all people together (\`test/bench/wholeSet.ts\`): 1,000,000 people with one row each take 34.5
bytes each, with 13 months each (13,000,000 rows) 38.5 bytes; of 100,000 people, whose tables are less full, 37.4. From the 33rd
different effective date of a file on, each row takes up to 19 bytes more. Following all managers upwards at the end takes less
than 0.1 s for 1,000,000 people.
`;

/** The page of all rules, in Markdown. */
export function rulesDocument(): string {
	const parts = [INTRODUCTION];
	const entries = Object.entries(CATALOGUE) as Array<[RuleCode, Rule]>;
	for (const [scope, { title, text }] of Object.entries(SCOPES)) {
		const rows = entries.filter(([, rule]) => rule.scope === scope).map(([code, rule]) => row(code, rule));
		parts.push(
			`## ${title}\n\n${text}\n\n| Code | | What is wrong | What to do | Certainty, source |\n|---|---|---|---|---|\n${rows.join('\n')}\n`,
		);
	}
	parts.push(limits(), MEASURED);
	return parts.join('\n');
}

function row(code: RuleCode, { severity, sentence, advice, certainty, source }: Rule): string {
	return `| \`${code}\` | ${severity} | ${plain(sentence)} | ${plain(advice)} | ${certainty}, ${source} |`;
}

function plain(text: string): string {
	return text
		.replace(/\{\w+(?::([\w ]+))?\}/g, (_, noun?: string) => (noun ? `… ${noun}s` : '…'))
		.replaceAll('|', '\\|');
}

const DESTINATION_NAMES = {
	vivaHr: 'Viva Insights (HR)',
	vivaSurvey: 'Viva Insights (Survey)',
	organizationalData: 'Organizational Data',
} as const;

/** Names and bounds that the rules compare with. */
function limits(): string {
	const lines = Object.entries(DESTINATION_NAMES).flatMap(([id, name]) => {
		const set: AttributeSet = ATTRIBUTE_SETS[id as keyof typeof DESTINATION_NAMES];
		const facts = [
			...Object.entries(set.requiredFor).map(
				([refresh, names]) =>
					`columns needed (${refresh}): ${names.map((column) => `\`${column}\``).join(', ')}`,
			),
			`names: ${set.headerPattern.sentence} (${set.headerPattern.source})`,
			...(set.systemNames.names.length > 0
				? [`names kept by the service: ${set.systemNames.names.map((kept) => `\`${kept}\``).join(', ')}`]
				: []),
			...set.systemNames.prefixes.map(
				(prefix) => `beginnings kept by the service, but for attributes of its own: \`${prefix}\``,
			),
			...(set.maximumAttributes ? [`at most ${set.maximumAttributes.value} attributes`] : []),
			...(set.maximumValueBytes ? [`at most ${set.maximumValueBytes.value / 1024} KB a value`] : []),
			...(set.deletingValue
				? [`\`${set.deletingValue.value}\` deletes a stored value (${set.deletingValue.source})`]
				: []),
		];
		return [`**${name}**`, '', ...facts.map((fact) => `- ${fact}`), ''];
	});
	return ['## What the rules compare with', '', ...lines].join('\n');
}
