import { CLOUDS } from '../../../nodes/shared/entra/clouds';
import type { EntraApp } from '../../../nodes/shared/entra/app';
import { pemBlocks } from '../../../nodes/shared/entra/pem';
import { tokenRefusal } from '../../../nodes/shared/entra/tokenErrors';
import { answerFacts, isSignInPage, pageTitle } from '../../../nodes/shared/http/answerText';
import { jsonValue } from '../../../nodes/shared/http/outsideText';
import { readErrorRows } from '../../../nodes/shared/polling/errorRows';
import { meaningOf, signalRefusal } from '../../../nodes/shared/purview/delivery/answers';
import { DESTINATIONS } from '../../../nodes/shared/viva/service/destinations';
import { refusal, type Call } from '../../../nodes/shared/viva/service/refusals';
import { manyNames, regexBait } from '../../fixtures/bait';
import { processorMs } from '../../helpers/processorTime';

const app: EntraApp = {
	tenantId: 'contoso.example',
	clientId: 'c',
	loginHost: CLOUDS.worldwide.loginHost.value,
	proof: { kind: 'secret', secret: 's' },
};
const answer = (status: number, text: string, headers: Record<string, string> = {}) => ({
	status,
	reason: text.slice(0, 200),
	headers,
	text,
});
const vivaRefusal = (call: Call, status: number, text: string) =>
	refusal(answer(status, text), { call, step: 'It', destination: DESTINATIONS.vivaHr });

/** Everything that reads what comes from outside. */
const READERS: Record<string, (text: string) => unknown> = {
	'refusal of Purview': (text) => signalRefusal(answer(403, text), 'Chunk 1'),
	'acceptance of Purview': (text) => meaningOf(answer(200, text)),
	'refusal of Viva': (text) => vivaRefusal('push', 400, text),
	'web page': (text) => vivaRefusal('status', 200, `<html>${text}`),
	'sign-in page': (text) => isSignInPage(answer(200, `<html>${text}`)),
	redirect: (text) =>
		isSignInPage(answer(302, '', { location: `https://${text.slice(0, 16_000).replace(/[^a-z.]/g, '')}.x` })),
	title: (text) => pageTitle({ text }),
	'facts in JSON': (text) =>
		answerFacts(answer(400, JSON.stringify({ error: { code: text, message: text } }))),
	'refusal of Entra': (text) =>
		tokenRefusal(answer(400, JSON.stringify({ error: text, error_description: text })), {
			app,
			audience: 'a',
		}),
	certificate: (text) => pemBlocks(text),
	'lines of an error file': (text) => readErrorRows(Buffer.from(text), 1_000),
	'error file in JSON': (text) =>
		readErrorRows(Buffer.from(JSON.stringify([text, { message: text, row: text }])), 1_000),
};

const SIZE = 1_000_000;
/** Linear work takes some tens of milliseconds; what is not linear takes minutes. */
const BUDGET_MS = 1_000;

describe.each(Object.entries(READERS))('%s', (_, read) => {
	it.each(Object.entries(regexBait(SIZE)))('is done with 1 MB of %s', (_name, bait) => {
		expect(processorMs(() => void read(bait))).toBeLessThan(BUDGET_MS);
	});
});

/** So much of an error file is read for its rows. */
const READ = 4 * 1024 * 1024;

it.each(
	Object.entries({
		...regexBait(READ),
		'many fields': 'a,'.repeat(READ / 2),
		quotes: 'a,"'.repeat(READ / 3),
	}),
)('an error file is read where 4 MB of it are %s', (_, text) => {
	expect(processorMs(() => void readErrorRows(Buffer.from(text), 1_000))).toBeLessThan(BUDGET_MS);
});

it('an error row with 20,000 names is read', () => {
	const bytes = Buffer.from(`[${manyNames(20_000)}]`);
	expect(processorMs(() => void readErrorRows(bytes, 10))).toBeLessThan(BUDGET_MS);
});

describe('JSON from outside', () => {
	const nested = (levels: number, inner = '') => `${'['.repeat(levels)}${inner}${']'.repeat(levels)}`;

	it.each(['{"a":"[[{{\\"]","b":[{}]}', ` ${nested(99, '"x"')} `, '"\\\\"', '1', 'null'])(
		'is read: %s',
		(text) => {
			expect(jsonValue(text)).toEqual(JSON.parse(text));
		},
	);

	it('is left out where it is too deep, and read before and behind that', () => {
		const inner = `{"a":${nested(150, '"]"')},"b":[1]}`;
		expect(jsonValue(`[${inner},2]`)).toEqual(JSON.parse(`[{"a":${nested(97, '"…"')},"b":[1]},2]`));
	});

	it.each(['[', '{"a":', nested(100), nested(200), ''])('is none where it never ends: %#', (text) => {
		expect(jsonValue(`[${text}`)).toBeUndefined();
	});

	it.each(['['.repeat(READ), nested(READ / 2), '{"a":'.repeat(READ / 5)])(
		'of 4 MB is done with: %#',
		(text) => {
			expect(processorMs(() => void jsonValue(text))).toBeLessThan(BUDGET_MS);
		},
	);
});
