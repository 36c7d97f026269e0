import { makePair } from '../test/unit/entra/certificates';
import { readEntraApp, type EntraApp, type EntraFields } from '../nodes/shared/entra/app';
import type { AppCertificate } from '../nodes/shared/entra/certificate';
import { TOKEN_ERRORS, tokenRefusal } from '../nodes/shared/entra/tokenErrors';
import { NETWORK_CAUSES, networkProblem, type NetworkFault } from '../nodes/shared/http/networkFault';
import { Problem } from '../nodes/shared/core/problem';
import { signalRefusal } from '../nodes/shared/purview/delivery/answers';
import { readIngestion } from '../nodes/shared/viva/service/answers';
import { DESTINATIONS } from '../nodes/shared/viva/service/destinations';
import { refusal } from '../nodes/shared/viva/service/refusals';
import { credentialSamples } from './credentialSamples';
import {
	ANY,
	NETWORK_SAMPLES,
	OWN_SENTENCES,
	PURVIEW_SAMPLES,
	TOKEN_SAMPLES,
	VIVA_SAMPLES,
	type AnswerSample,
} from './problemSamples';

const INTRODUCTION = `# When something goes wrong

What the steps say, what stands behind it, and what to do. Written by \`npm run docs:troubleshooting\` from the tables that the steps
themselves use. Do not edit this page.

- An error has a **sentence** (what happened, and where) and a **description** (what to do next). In the editor the description stands below
  the sentence; *Error details* shows the rest: HTTP status, Microsoft's own code, correlation ID.
- \`…\` stands for names, numbers and the step that was on its way. No sentence ever holds a value of a row, a secret or a token.
- Search this page for the words that you see, or for the code (\`AADSTS…\`, \`HTTP …\`, \`E…\`).
- In *Behind it*: *documented* means that Microsoft writes so, *inferred* that it follows from what is documented or usual.

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="images/error-dark.png">
  <img src="images/error-light.png" alt="The panel of Viva HR Ingest after a failed upload: the error lists each item and column that breaks a rule, and what to do">
</picture>

## What the steps do by themselves

| What happened | What the step does |
|---|---|
| an earlier import is still running | fails, waits and tries again, or ends as skipped: your choice |
| the connection broke before all of the body was sent | tries again: the service cannot have taken it |
| the connection broke after the whole body was sent | Viva HR Ingest says that it may have been accepted, and how to find out; it never sends twice. Purview HR Signal does as *Rows in Doubt* says |
| throttled or overloaded (408, 429, 5xx) | waits as long as the service asks and tries again, within limits; an upload only where it certainly was not taken |
| the token has expired | asks for a new one, once |
| a sign-in page, a redirect or a web page instead of an answer | an error of its own; never a success |
| the execution is stopped | the upload stops at once |
`;

/** One line of a table: what is said, what stands behind it, what to do. */
type Line = [said: string, behind: string, advice: string];

/** The page of all messages, in Markdown. */
export async function troubleshootingDocument(): Promise<string> {
	return [
		INTRODUCTION,
		section(
			'Data and settings',
			'Before anything is sent. All rules with their codes: [rules.md](rules.md).',
			[...OWN_SENTENCES.map(({ sentence, behind, advice }): Line => [ellipsed(sentence), behind, advice])],
		),
		section(
			'Fields of the credential',
			'Told by **Test**, and by every step, before anything is sent. [How to fill them in](set-up/entra-app.md#the-credential-in-n8n).',
			await credentialLines(),
		),
		section(
			'Signing in',
			'Microsoft Entra issued no token. [The app in Entra](set-up/entra-app.md).',
			tokenLines(),
		),
		section(
			'Network',
			'No answer, or not a whole one. [Firewall, proxy, clouds](set-up/network.md).',
			networkLines(),
		),
		section(
			'Viva Insights and Organizational Data',
			'For Organizational Data the sentences name its places in the Microsoft 365 admin center instead. [Viva Insights](set-up/viva-insights.md), [Organizational Data](set-up/organizational-data.md).',
			vivaLines(),
		),
		section('Purview HR connector', '[The connector in Purview](set-up/purview.md).', purviewLines()),
		LAST,
	].join('\n');
}

const LAST = `## Still stuck?

1. **Check Connection** (Viva HR Ingest) tries sign-in, scale unit and connector one by one.
2. **Validate** checks the data without sending anything.
3. For Microsoft's support: the correlation ID and the time of the error. For us: sentence, description, versions of n8n and of this package.
   **Never post HR data, secrets or certificates.**
`;

function section(title: string, text: string, lines: Line[]): string {
	const rows = lines.map((line) => `| ${line.map(cell).join(' | ')} |`);
	return `## ${title}\n\n${text}\n\n| It says | Behind it | What to do |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** Words of the code as words of a table; addresses in them are examples, not links. */
function cell(text: string): string {
	return text
		.replaceAll('|', '\\|')
		.replaceAll('\n', ' ')
		.replace(/<(?=[a-z/!?])/gi, '&lt;')
		.replace(/(^|\s)(https?:\/\/[^\s,]+[^\s,.])/g, '$1`$2`');
}

/** A piece of a sentence, shown as one. */
function ellipsed(piece: string): string {
	return `${/^['A-Z]/.test(piece) ? '' : `${ANY} `}${piece}${piece.endsWith('.') ? '' : ` ${ANY}`}`;
}

async function credentialLines(): Promise<Line[]> {
	const lines: Line[] = [];
	for (const { behind, fields, now } of await credentialSamples(makePair)) {
		const { message, advice } = thrownBy(() => readEntraApp(fields as EntraFields, now));
		lines.push([message.replace(/\d{4}-\d\d-\d\d/g, ANY), behind, advice]);
	}
	return lines;
}

const APP: EntraApp = {
	tenantId: ANY,
	clientId: ANY,
	loginHost: ANY,
	proof: { kind: 'certificate', certificate: { thumbprintSha1: ANY } as AppCertificate },
};
const TOKEN_CONTEXT = { app: APP, audience: ANY };

function tokenLines(): Line[] {
	return [
		...TOKEN_ERRORS.map(({ codes, happened, advice, certainty }): Line => [
			happened(TOKEN_CONTEXT),
			`${codes.map((code) => `\`AADSTS${code}\``).join(', ')} (${certainty})`,
			advice(TOKEN_CONTEXT),
		]),
		...Object.entries(TOKEN_SAMPLES).map(([behind, sample]): Line => {
			const { message, advice } = tokenRefusal(answer(sample), TOKEN_CONTEXT);
			return [generalised(message), behind, advice.replace(/ \(For Microsoft's support: .*\)$/, '')];
		}),
	];
}

const FAULT: NetworkFault = {
	step: ANY,
	harmless: true,
	host: ANY,
	connected: false,
	code: 'ECONNRESET',
	delivery: 'nothing',
};

function networkLines(): Line[] {
	const told = (behind: string, fault: Partial<NetworkFault>): Line => {
		const { message, advice } = networkProblem({ ...FAULT, ...fault });
		return [message.replace(/HTTP 403/, `HTTP ${ANY}`).replace('10 minutes', ANY), behind, advice];
	};
	return [
		...NETWORK_CAUSES.map(({ usual }) => told(`\`${usual}\` and the like`, { code: usual })),
		...Object.entries(NETWORK_SAMPLES).map(([behind, fault]) => told(behind, fault)),
	];
}

function vivaLines(): Line[] {
	const destination = DESTINATIONS.vivaHr;
	return Object.values(VIVA_SAMPLES)
		.flat()
		.map(({ call = 'push', ...sample }): Line => {
			const context = { call, step: ANY, destination };
			const got = answer(sample);
			const { message, advice } =
				got.status === 200 ? thrownBy(() => readIngestion(got, context, '1')) : refusal(got, context);
			return [
				message,
				`HTTP ${got.status}${call === 'push' ? '' : `, when asked for ${ASKED[call]}`}`,
				advice,
			];
		});
}

const ASKED = {
	scaleUnit: 'the scale unit',
	ping: 'the connector',
	push: 'an upload',
	status: 'an import',
	errors: 'the error file',
} as const;

function purviewLines(): Line[] {
	return Object.values(PURVIEW_SAMPLES).map((sample): Line => {
		const got = answer(sample);
		const { message, advice } = signalRefusal(got, ANY);
		return [message, `HTTP ${got.status}${got.reason === '' ? '' : `, \`${got.reason}\``}`, advice];
	});
}

function answer(sample: AnswerSample) {
	return { status: 0, reason: '', headers: {}, text: '', ...sample };
}

/** A sentence that holds the status of the sample, for all of its kind. */
function generalised(message: string): string {
	return message.replace(/HTTP \d{3}(, \w+)?/, `HTTP ${ANY}`);
}

function thrownBy(deed: () => unknown): Problem {
	try {
		deed();
	} catch (error) {
		if (error instanceof Problem) return error;
	}
	throw new Error('This sample leads to no problem.');
}
