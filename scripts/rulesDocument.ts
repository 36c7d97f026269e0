import type { Evidence } from '../nodes/shared/core/evidence';
import { CATALOGUE, type Rule, type RuleCode, type RuleScope } from '../nodes/shared/findings/catalogue';
import { APPS } from '../nodes/shared/viva/readiness/apps';
import { ATTRIBUTE_SETS, type AttributeSet } from '../nodes/shared/viva/attributes/attributes';

const INTRODUCTION = `# The rules

Everything that the steps check. \`npm run docs:rules\` writes this page from
[\`catalogue.ts\`](../nodes/shared/findings/catalogue.ts), which the steps read too; do not edit it.

- An **error** rejects the row; in the file or its header it stops the whole file. A **warning** stops nothing.
- The option **Rule Settings** turns any rule into an error or a warning, or off, by its code. Codes never change.
- **Source** names a section of our notes on Microsoft's pages: A Viva Insights, B Organizational Data, C
  Purview, F contradictions between pages. *Inferred* rules follow from these pages or from experience. They are warnings, except two: one
  asks the user, one guards a column that the documents leave open.
- \`…\` stands for column names and numbers. No message holds a value of a row.
`;

const SCOPES: Record<RuleScope, { title: string; text: string }> = {
	file: {
		title: 'The file',
		text: 'Mostly for prebuilt zip files, which the step sends unchanged.',
	},
	header: { title: 'The header', text: 'The columns, and the names under which they are sent.' },
	row: { title: 'Each row', text: 'Values, also together.' },
	set: {
		title: 'All rows together',
		text: 'Checked after the last row, without rejected rows.',
	},
};

const MEASURED = `## What the rules cost

Processor time and memory of the whole run, with and without rules: [performance.md](performance.md).

The step reads a file once. It reads it a second time only if the last rows show that day and month were exchanged. Only the rules about
all rows together need memory that grows with the file (measured by \`test/bench/wholeSet.ts\`):

| Rows | Bytes a person |
|---|---:|
| 100,000 people, one row each | 37.4 |
| 1,000,000 people, one row each | 34.5 |
| 1,000,000 people, 13 months each | 38.5 |

After the 32nd different effective date, each row takes up to 19 more bytes. The check of all manager chains
takes less than 0.1 s for 1,000,000 people.
`;

/** The page of all rules, in Markdown. */
export function rulesDocument(): string {
	const parts = [INTRODUCTION];
	const entries = Object.entries(CATALOGUE) as Array<[RuleCode, Rule]>;
	for (const [scope, { title, text }] of Object.entries(SCOPES)) {
		const rows = entries.filter(([, rule]) => rule.scope === scope).map(([code, rule]) => row(code, rule));
		parts.push(
			`## ${title}\n\n${text}\n\n| Code | | Message | What to do | Source |\n|---|---|---|---|---|\n${rows.join('\n')}\n`,
		);
	}
	parts.push(appNeeds(), limits(), MEASURED);
	return parts.join('\n');
}

function row(code: RuleCode, { severity, sentence, advice, certainty, source }: Rule): string {
	return `| \`${code}\` | ${severity} | ${plain(sentence)} | ${plain(advice)} | ${written({ source, certainty })} |`;
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

/** What the apps in the option 'Prepare For' need. */
function appNeeds(): string {
	const lines = Object.values(APPS).flatMap(
		({ displayName, needs, valuesPerCustomAttribute: values, maximumCustomAttributes: custom, unknown }) => [
			...Object.values(needs).flatMap((list) =>
				list.map(({ attribute, percent, doubt, ...evidence }) => {
					const share = percent === 0 ? 'no number known' : `${percent} % of the rows`;
					return `| ${displayName} | \`${attribute}\` | ${share}${doubt ? `: ${doubt}` : ''} | ${written(evidence)} |`;
				}),
			),
			...(values
				? [
						`| ${displayName} | custom attributes | at most ${values.value} different texts each | ${written(values)} |`,
					]
				: []),
			...(custom
				? [`| ${displayName} | custom attributes | at most ${custom.value} | ${written(custom)} |`]
				: []),
			...(unknown ? [`| ${displayName} | | ${unknown} | |`] : []),
		],
	);
	return [
		'## What the apps need',
		'',
		'The rules `readiness-…` compare with this, for the app in [Prepare For](prepare-for.md).',
		'',
		'| App | Attribute | Need | Source |',
		'|---|---|---|---|',
		...lines,
		'',
	].join('\n');
}

function written({ source, certainty }: Evidence): string {
	return `${source}${certainty === 'documented' ? '' : ` (${certainty})`}`;
}

/** Names and bounds that the rules compare with. */
function limits(): string {
	const lines = Object.entries(DESTINATION_NAMES).flatMap(([id, name]) => {
		const set: AttributeSet = ATTRIBUTE_SETS[id as keyof typeof DESTINATION_NAMES];
		const facts = [
			...Object.entries(set.requiredFor).map(
				([refresh, names]) =>
					`required columns (${refresh}): ${names.map((column) => `\`${column}\``).join(', ')}`,
			),
			`names: ${set.headerPattern.sentence} (${set.headerPattern.source})`,
			...(set.systemNames.names.length > 0
				? [`reserved names: ${set.systemNames.names.map((kept) => `\`${kept}\``).join(', ')}`]
				: []),
			...set.systemNames.prefixes.map(
				(prefix) => `reserved prefix, except for the service's own attributes: \`${prefix}\``,
			),
			...(set.maximumAttributes ? [`at most ${set.maximumAttributes.value} attributes`] : []),
			...(set.maximumValueBytes ? [`at most ${set.maximumValueBytes.value / 1024} KB a value`] : []),
			...Object.entries(set.deletion?.markers ?? {}).map(
				([type, { value, source }]) => `\`${value}\` deletes a stored value of the type ${type} (${source})`,
			),
		];
		return [`**${name}**`, '', ...facts.map((fact) => `- ${fact}`), ''];
	});
	return ['## Names and limits', '', ...lines].join('\n');
}
