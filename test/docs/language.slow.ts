import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { PurviewHrApi } from '../../credentials/PurviewHrApi.credentials';
import { VivaHrApi } from '../../credentials/VivaHrApi.credentials';
import { CATALOGUE } from '../../nodes/shared/findings/catalogue';
import { troubleshootingDocument } from '../../scripts/troubleshootingDocument';
import { codeSentences, sentencesOf } from './codeSentences';
import { AVOIDED, readingOf, wordsToAvoid } from './language';
import { readPages, root } from './pages';

const MOST_WORDS_ON_AVERAGE = 18;
const MOST_WORDS = 40;
const MOST_WORDS_ON_A_PAGE = 3_000;

/** Read by people who change the package, not by those who use it. */
const OTHER_READERS = /^(CHANGELOG|LICENSE)\.md$|^\.github\/|^docs\/decisions\.md$/;

/** Their tables hold sentences of nodes/, which are no matter of a page. */
const TABLES_FROM_CODE = new Set(['docs/rules.md', 'docs/troubleshooting.md', 'docs/header-names.md']);

/** What a person reads in the panels of the steps and of the credentials. */
const panelTexts = [
	...[new VivaHrIngest(), new PollIngestion(), new PurviewHrSignal()].map(({ description }) => description),
	...[new VivaHrApi(), new PurviewHrApi()],
].flatMap((panel) =>
	[
		...JSON.stringify(panel).matchAll(
			/"(?:displayName|name|description|hint|placeholder|action)":("[^\n]*?[^\\]")/g,
		),
	].map(([, text]) => JSON.parse(text) as string),
);

const pages = readPages().filter(({ path }) => !OTHER_READERS.test(path));

interface Workflow {
	nodes: Array<{ type: string; parameters: { content?: string } }>;
}
const folder = join(root, 'examples/workflows');
const notes = readdirSync(folder).flatMap((name) =>
	(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Workflow).nodes.flatMap(
		({ parameters: { content } }, index) =>
			content === undefined ? [] : [{ path: `examples/workflows/${name}, note ${index}`, text: content }],
	),
);

describe.each([...pages, ...notes].map(({ path, text }) => [path, text] as const))('%s', (path, text) => {
	const reading = readingOf(text);

	it('has short sentences', () => {
		expect(reading.average).toBeLessThanOrEqual(MOST_WORDS_ON_AVERAGE);
		expect(reading.sentences.filter(({ words }) => words > MOST_WORDS)).toEqual([]);
	});

	it('is short enough to be read', () => {
		if (!TABLES_FROM_CODE.has(path)) expect(reading.words).toBeLessThanOrEqual(MOST_WORDS_ON_A_PAGE);
	});

	it('avoids the words of the list', () => {
		const tables = !TABLES_FROM_CODE.has(path);
		expect(wordsToAvoid(text, { tables })).toEqual([]);
	});
});

it('panels and rules avoid the words of the list, and have no sentence that is too long', async () => {
	const rules = Object.values(CATALOGUE).flatMap(({ sentence, advice }) => [sentence, advice]);
	const errors = (await troubleshootingDocument()).split('\n');
	const texts = [...new Set([...panelTexts, ...rules, ...errors])];
	expect(texts.filter((text) => wordsToAvoid(text).length > 0)).toEqual([]);
	expect(panelTexts.length).toBeGreaterThan(200);
	const long = [...panelTexts, ...rules].map((text) => readingOf(text).longest);
	expect(long.filter(({ words }) => words > MOST_WORDS)).toEqual([]);
});

describe('texts in the code', () => {
	const sentences = codeSentences();

	it('avoid the words of the list', () => {
		expect(sentences.filter(({ text }) => wordsToAvoid(text).length > 0)).toEqual([]);
	});

	it('are short sentences', () => {
		expect(sentences.length).toBeGreaterThan(1_000);
		expect(sentences.filter(({ text }) => readingOf(text).longest.words > MOST_WORDS)).toEqual([]);
	});

	it('are found in every form of a literal, with a word for each value', () => {
		const program =
			"f('One two three.', `Four ${x} five ${y}.`, `${z} is not a`, 'no sentence at all', 'Two words');";
		expect(sentencesOf('a.ts', program).map(({ text }) => text)).toEqual([
			'One two three.',
			'Four VALUE five VALUE.',
			'VALUE is not a',
		]);
	});
});

describe('the measure', () => {
	it('counts what a person reads, with code as one word', () => {
		const page =
			'# Two words\n\nOne `a b c` three four [five](http://x.y). Six\nseven eight nine.\n\n```sh\nnot this\n```\n';
		const { words, sentences, average } = readingOf(page);
		expect(sentences.map((sentence) => sentence.words)).toEqual([5, 4]);
		expect([words, average]).toEqual([11, 4.5]);
	});

	it('reads table cells and list items one by one, and leaves out fragments', () => {
		const page =
			'| A head | |\n|---|---|\n| one two three four<br>five six seven eight | yes |\n\n- a b c d e\n- f\n';
		expect(readingOf(page).sentences.map(({ words }) => words)).toEqual([4, 4, 5]);
	});

	it('finds a word in any case and form, across line ends, but not in code', () => {
		expect(wordsToAvoid('Lest it\nfails, nobody keeps\nnothing back. `lest`')).toEqual([
			'lest',
			'keeps nothing back',
		]);
	});

	it('reads tables only where it is asked to', () => {
		const page = 'Mend Values is lest.\n\n| lest |\n|---|\n| lest |\n';
		expect(wordsToAvoid(page)).toEqual(['lest', 'lest', 'lest', 'mend']);
		expect(wordsToAvoid(page, { tables: false })).toEqual(['lest', 'mend']);
	});

	it('holds no word twice', () => {
		expect(new Set(AVOIDED.map(String)).size).toBe(AVOIDED.length);
	});
});
