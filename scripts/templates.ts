import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What n8n's gallery asks of a template besides its workflow. */
export interface Template {
	/** name of the files, and of the example whose steps it has */
	name: string;
	example: string;
	title: string;
	/** who needs it, and what for */
	forWhom: string;
	howItWorks: readonly string[];
	setUp: readonly string[];
	requirements: readonly string[];
	customize: readonly string[];
}

const PACKAGE = 'The community node package `n8n-nodes-microsoft-hr` (self-hosted n8n 1.123 or later)';
const MAIL = 'A mail server (SMTP)';
const ENTRA =
	'A Microsoft Entra app registration, and the connection for it in Microsoft Viva Insights or the Microsoft 365 admin center';

/** The templates. */
export const TEMPLATES: readonly Template[] = [
	{
		name: 'workday-to-viva-insights',
		example: 'workday-to-viva',
		title: 'Import employees from Workday into Microsoft Viva Insights every week',
		forWhom:
			'HR-IT teams that keep organizational data in Microsoft Viva Insights current, without files that somebody uploads by hand.',
		howItWorks: [
			'A schedule reads a Workday report (RaaS) every Monday at 5 am.',
			'**Viva HR Ingest** checks each row by the rules of the service, packs the rows, and uploads them. If a row breaks a rule, nothing leaves n8n, and the error names row, column and remedy.',
			'**Poll Ingestion** pauses the execution until Microsoft is done, for minutes or a day. Errors of the service come out as rows.',
		],
		setUp: [
			'Open *Get employees from Workday*: enter the address of your report, and choose the credential of the integration system user.',
			'Open *Send to Viva Insights*: choose a **Viva HR API** credential.',
			'Run it once with the operation **Validate**. It shows which column goes where, and sends nothing.',
			'Keep **Refresh: Full** only if the report holds all employees with their whole history.',
		],
		requirements: [
			PACKAGE,
			ENTRA,
			'A Workday custom report, enabled as a web service, and a user that may read it',
		],
		customize: [
			'Replace the Workday step by SharePoint, a database or an SFTP server: rows may be items or a file.',
			'Set **Destination** to *Microsoft Organizational Data Service* if Microsoft has moved your tenant.',
			'Put an alert behind *Error rows*.',
		],
	},
	{
		name: 'workday-leavers-to-purview',
		example: 'workday-leavers-to-purview',
		title: 'Send leavers from Workday to Microsoft Purview insider risk every day',
		forWhom:
			'Security and HR teams whose insider risk policies need to know who leaves, on the day it becomes known.',
		howItWorks: [
			'A schedule reads a Workday report of resignations every day at 5 am.',
			"**Purview HR Signal** checks each row, and sends the rows in chunks to Purview's HR connector. After a failure, the next run goes on behind the last confirmed row.",
		],
		setUp: [
			'Run *Send to Purview* once with the operation **Create Sample File**, and create the HR connector in the Purview portal with that file.',
			'Enter the job ID that the portal shows, and choose a **Purview HR API** credential. **Send Test Row** tries both with a made-up leaver.',
			'Open *Get leavers from Workday*: enter the address of your report, and choose the credential of the integration system user.',
			'Run it once with the operation **Validate**. It shows which column goes where, and sends nothing.',
		],
		requirements: [
			PACKAGE,
			'A Microsoft Entra app registration, and an HR connector in Microsoft Purview for it',
			'A Workday custom report, enabled as a web service, and a user that may read it',
		],
		customize: [
			'Choose another **Scenario**: job level changes, performance reviews, improvement plans or employee profiles.',
			'If your data has e-mail addresses and no user principal names, look the names up in Microsoft Entra first.',
			'Set the option **Send** to *Only What Changed* if the report holds all leavers of the last months.',
		],
	},
	{
		name: 'approve-hr-file-for-viva-insights',
		example: 'approve-then-viva',
		title: 'Check an HR file, ask a person, then import it into Microsoft Viva Insights',
		forWhom:
			'Teams in which a person has to see the result of the checks before HR data of the whole company is replaced.',
		howItWorks: [
			'A schedule downloads a CSV file of all employees every Monday.',
			'**Viva HR Ingest** with the operation *Validate* checks it. The report, which holds no personal data, goes out by e-mail.',
			'The execution pauses until somebody approves. Declined, or no answer within two days: nothing is sent.',
			'The very file that was checked is uploaded, and **Poll Ingestion** follows the import to its end.',
		],
		setUp: [
			'Open *Download the file*: enter your site and path, and choose a credential for Microsoft Graph.',
			'Set the same fields in *Check the file* and *Send to Viva Insights*. The second one and *Follow the import* need a **Viva HR API** credential.',
			'Enter your addresses in the three e-mail steps, and choose the credential of a mail server.',
			'The buttons in the e-mail lead to this n8n: whoever approves must be able to reach it.',
		],
		requirements: [PACKAGE, ENTRA, MAIL, 'A CSV file in SharePoint that Microsoft Graph may read'],
		customize: [
			'Ask in Microsoft Teams in place of e-mail: its *Send and Wait for Response* gives the same answer.',
			'Set **Report Language** to the language of whoever approves.',
			'Set **Prepare For** to the app that uses the data, so that the report says whether it will be enough.',
		],
	},
];

interface Step {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id?: string; name: string }>;
	[other: string]: unknown;
}

const STICKY = 'n8n-nodes-base.stickyNote';

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
const numbered = (lines: readonly string[]) => lines.map((line, i) => `${i + 1}. ${line}`).join('\n');

/** The sections of a template, for the gallery and for its first note. */
function sections({ forWhom, howItWorks, setUp, requirements, customize }: Template): string[] {
	return [
		`## Who is this for?\n${forWhom}`,
		`## How it works\n${numbered(howItWorks)}`,
		`## How to set up\n${numbered(setUp)}`,
		`## Requirements\n${list(requirements)}`,
		`## How to customize\n${list(customize)}`,
	];
}

/** The text that the gallery shows beside a template. */
export const templateDescription = (template: Template): string =>
	`# ${template.title}\n\n${sections(template)
		.map((section) => section.replace('\n', '\n\n'))
		.join('\n\n')}\n`;

/**
 * The workflow of a template: the steps of its example, which a test runs in a real n8n, with the notes that the gallery asks for. Its
 * credentials have names only.
 */
export function templateWorkflow(template: Template): string {
	const file = join(__dirname, `../examples/workflows/${template.example}.json`);
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as {
		nodes: Step[];
		connections: object;
		settings: object;
	};
	const steps = workflow.nodes.filter(({ type }) => type !== STICKY).map(withoutIds);
	const left = Math.min(...steps.map(({ position: [x] }) => x));
	const top = Math.min(...steps.map(({ position: [, y] }) => y));
	const note: Step = {
		id: 'a1f1c1f4-5d0b-4f6e-9f57-0a1f5b1c0001',
		name: 'About this template',
		type: STICKY,
		typeVersion: 1,
		position: [left - 720, top - 120],
		parameters: {
			width: 640,
			height: 900,
			content: [`# ${template.title}`, ...sections(template)].join('\n\n'),
		},
	};
	const text = {
		name: template.title,
		nodes: [note, ...steps],
		connections: workflow.connections,
		settings: workflow.settings,
	};
	return `${JSON.stringify(text, undefined, '\t')}\n`;
}

function withoutIds({ credentials, ...step }: Step): Step {
	if (!credentials) return step;
	const named = Object.entries(credentials).map(([type, { name }]) => [type, { name }]);
	return { ...step, credentials: Object.fromEntries(named) as Step['credentials'] };
}
