import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NETWORK_CAUSES } from '../../nodes/shared/http/transport/networkFault';
import type { Problem } from '../../nodes/shared/core/problem';
import { signalRefusal } from '../../nodes/shared/purview/delivery/answers';
import { readIngestion } from '../../nodes/shared/viva/service/answers';
import { DESTINATIONS } from '../../nodes/shared/viva/service/destinations';
import { refusal } from '../../nodes/shared/viva/service/refusals';
import {
	OWN_SENTENCES,
	PURVIEW_SAMPLES,
	VIVA_SAMPLES,
	type AnswerSample,
} from '../../scripts/problemSamples';
import { troubleshootingDocument } from '../../scripts/troubleshootingDocument';

const root = join(__dirname, '../..');
const text = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
const answer = (sample: AnswerSample) => ({ status: 0, reason: '', headers: {}, text: '', ...sample });

it('docs/troubleshooting.md is what the code says now (npm run docs:troubleshooting)', async () => {
	expect(text).toBe(await troubleshootingDocument());
});

it('tells no line twice', () => {
	const rows = text.split('\n').filter((line) => line.startsWith('| '));
	expect(rows.length).toBeGreaterThan(70);
	const lines = rows.filter((line) => !/^\| (Message|---) \|/.test(line));
	expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
});

it.each(NETWORK_CAUSES.map((cause, index) => [cause.usual, index] as const))(
	'%s, the usual code of a cause, leads to that cause',
	(usual, index) => {
		expect(NETWORK_CAUSES.findIndex(({ codes }) => codes.test(usual))).toBe(index);
	},
);

const viva = Object.entries(VIVA_SAMPLES).flatMap(([code, samples]) =>
	samples.map((sample) => [code, sample] as const),
);
it.each(viva)('the sample of %s leads there', (code, { call = 'push', ...sample }) => {
	const context = { call, step: 'The upload', destination: DESTINATIONS.vivaHr };
	const got = answer(sample);
	let told: unknown;
	try {
		told = got.status === 200 ? readIngestion(got, context, '1') : refusal(got, context);
	} catch (error) {
		told = error;
	}
	expect((told as Problem).details.code).toBe(code);
});

it.each(Object.entries(PURVIEW_SAMPLES))('the sample of %s leads there', (code, sample) => {
	expect(signalRefusal(answer(sample), 'Chunk 1 of 1').details.code).toBe(code);
});

const folder = join(root, 'nodes');
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.filter((name) => name.endsWith('.ts'))
	.map((name) => readFileSync(join(folder, name), 'utf8'))
	.join('\n');

it.each(OWN_SENTENCES.map(({ sentence }) => sentence))('a step still says "%s"', (sentence) => {
	expect(source).toContain(sentence);
});
