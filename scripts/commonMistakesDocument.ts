import { commonMistakes } from '../test/fixtures/commonMistakes';

const INTRODUCTION = `# Common mistakes

The ten mistakes that happen most at first, as Viva HR Ingest shows them in the editor, and how to correct each. Nothing is sent
while an error stands. \`npm run docs:mistakes\` writes this page, and \`npm run screenshots -- mistakes\` its pictures; do not
edit it.

All other messages: [troubleshooting.md](troubleshooting.md). All rules: [rules.md](rules.md).
`;

const IN_EXECUTIONS = `## Later, in the executions

The tab **Executions** keeps the same words: choose the execution and double-click the step.

![An execution opened in the tab Executions: the step's panel with its error and what to do](images/mistake-in-executions.png)
`;

/** The page of the mistakes that beginners make most, in Markdown. */
export function commonMistakesDocument(): string {
	const parts = commonMistakes.map(
		({ name, title, fix, message, description }, index) =>
			`## ${index + 1}. ${title.replaceAll('*', '')}

![The error in the editor: ${[message, description].join(' ')}](images/mistake-${name}.png)

**To correct it:** ${fix}
`,
	);
	return [INTRODUCTION, ...parts, IN_EXECUTIONS].join('\n');
}
