import { makePair } from '../test/unit/entra/certificates';
import { readEntraApp, type EntraApp, type EntraFields } from '../nodes/shared/entra/app';
import type { AppCertificate } from '../nodes/shared/entra/certificate';
import { otherHostProblem } from '../nodes/shared/entra/token';
import { tokenRefusal } from '../nodes/shared/entra/tokenErrors';
import { TOKEN_ERRORS, type TokenContext, type TokenError } from '../nodes/shared/entra/tokenErrorTable';
import { blockedProblem } from '../nodes/shared/http/transport/egress';
import {
	NETWORK_CAUSES,
	networkProblem,
	type NetworkFault,
} from '../nodes/shared/http/transport/networkFault';
import { notHttpProblem } from '../nodes/shared/http/transport/tunnel';
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

Every error of the steps, its cause, and what to do. \`npm run docs:troubleshooting\` writes this page from the code; do not
edit it.

- Search for the words that you see, or for the code (\`AADSTS…\`, \`HTTP …\`, \`E…\`). \`…\` stands for names, numbers and the step.
- The editor shows the message, and below it what to do. *Error details* adds the HTTP status, Microsoft's own code and the correlation
  ID. No message holds a value of a row, a secret or a token.
- *Documented*: on Microsoft's pages. *Inferred*: it follows from them.

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="images/error-dark.png">
  <img src="images/error-light.png" alt="The panel of Viva HR Ingest after a failed upload: the error lists each item and column that breaks a rule, and what to do">
</picture>

Errors of the first day, with pictures: [common-mistakes.md](common-mistakes.md).

What the steps do by themselves, such as trying again, is in [reliability.md](reliability.md).
`;

/** One line of a table. */
interface Line {
	message: string;
	/** blank where the message itself says it */
	cause: string;
	advice: string;
}

/** The page of all messages, in Markdown. */
export async function troubleshootingDocument(): Promise<string> {
	return [
		INTRODUCTION,
		section(
			'Data and settings',
			'Before anything is sent. All rules with their codes: [rules.md](rules.md).',
			OWN_SENTENCES.map(({ sentence, behind, advice }) => ({
				message: ellipsed(sentence),
				cause: behind,
				advice,
			})),
		),
		section(
			'Fields of the credential',
			'When you save the credential, and in every step before anything is sent. [How to fill them in](set-up/entra-app.md#the-credential-in-n8n).',
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
			'For Organizational Data, the messages name its places in the Microsoft 365 admin center. [Viva Insights](set-up/viva-insights.md), [Organizational Data](set-up/organizational-data.md).',
			vivaLines(),
		),
		section('Purview HR connector', '[The connector in Purview](set-up/purview.md).', purviewLines()),
		LAST,
	].join('\n');
}

const LAST = `## Still stuck?

1. **Check Connection** (Viva HR Ingest) tests sign-in, scale unit and connectors one by one.
2. **Send Test Row** (Purview HR Signal) tries a job ID with one made-up leaver.
3. **Validate** checks the data without sending anything.
4. Microsoft's support needs the correlation ID and the time of the error. We need message, advice, and the versions of n8n and this
   package. **Never post HR data, secrets or certificates.**
`;

/** A table; messages with the same advice share a row. */
function section(title: string, text: string, lines: readonly Line[]): string {
	const withCause = lines.some(({ cause }) => cause !== '');
	const rows = new Map<string, Line[]>();
	for (const line of lines) rows.set(line.advice, [...(rows.get(line.advice) ?? []), line]);
	const cells = [...rows].map(([advice, alike]) => [
		alike.map(({ message }) => cell(message)).join('<br>'),
		...(withCause ? [[...new Set(alike.map(({ cause }) => cell(cause)))].join('<br>')] : []),
		cell(advice),
	]);
	const header = ['Message', ...(withCause ? ['Cause'] : []), 'What to do'];
	const table = [header, header.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`);
	return `## ${title}\n\n${text}\n\n${table.join('\n')}\n`;
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
	for (const { fields, now, environment } of await credentialSamples(makePair)) {
		const { message, advice } = thrownBy(() => readEntraApp(fields as EntraFields, now, environment));
		const named = message.replace(/\d{4}-\d\d-\d\d|login\.example\.com/g, ANY);
		lines.push({ message: named, cause: '', advice });
	}
	return lines;
}

const APP: EntraApp = {
	tenantId: ANY,
	clientId: ANY,
	loginHost: ANY,
	proof: { kind: 'certificate', certificate: { thumbprintSha1: ANY } as AppCertificate },
};
const TOKEN_CONTEXT: TokenContext = { app: APP, audience: ANY };
const FEDERATED_CONTEXT: TokenContext = {
	app: { ...APP, proof: { kind: 'federated', source: { kind: 'tokenFile', path: ANY } } },
	audience: ANY,
	presented: { issuer: ANY, subject: ANY, audience: ANY },
};

function tokenLines(): Line[] {
	return [
		...TOKEN_ERRORS.flatMap(tokenErrorLines),
		...Object.entries(TOKEN_SAMPLES).map(([cause, sample]) => {
			const { message, advice } = tokenRefusal(answer(sample), TOKEN_CONTEXT);
			return {
				message: generalised(message),
				cause,
				advice: advice.replace(/ \(For Microsoft's support: .*\)$/, ''),
			};
		}),
		lineOf('what answers there is not Microsoft Entra', otherHostProblem(ANY, ANY)),
	];
}

/** One line, and another where a federated sign-in has words of its own. */
function tokenErrorLines({ codes, happened, advice, certainty }: TokenError): Line[] {
	const cause = `${codes.map((code) => `\`AADSTS${code}\``).join(', ')} (${certainty})`;
	const lines = [TOKEN_CONTEXT, FEDERATED_CONTEXT].map((context) => ({
		message: happened(context),
		cause,
		advice: advice(context),
	}));
	// Who has a certificate is not shown a claim of a token.
	const [plain, federated] = lines;
	return plain.advice === federated.advice ? [federated] : lines;
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
	const faultLine = (cause: string, fault: Partial<NetworkFault>): Line => {
		const { message, advice } = lineOf(cause, networkProblem({ ...FAULT, ...fault }));
		return { message: message.replace(/HTTP 403/, `HTTP ${ANY}`).replace('10 minutes', ANY), cause, advice };
	};
	return [
		...NETWORK_CAUSES.map(({ usual }) => faultLine(`\`${usual}\` and the like`, { code: usual })),
		...Object.entries(NETWORK_SAMPLES).map(([cause, fault]) => faultLine(cause, fault)),
		lineOf("n8n's protection of internal networks is on", blockedProblem(ANY, ANY)),
		lineOf('the proxy is a SOCKS proxy, for example', notHttpProblem(ANY)),
	];
}

function lineOf(cause: string, { message, advice }: Problem): Line {
	return { message, cause, advice };
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
			const cause = `HTTP ${got.status}${call === 'push' ? '' : `, when asked for ${ASKED[call]}`}`;
			return { message, cause, advice };
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
		const cause = `HTTP ${got.status}${got.reason === '' ? '' : `, \`${got.reason}\``}`;
		return { message, cause, advice };
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
