import { CATALOGUE } from '../../../nodes/shared/findings/catalogue';
import { ENGLISH, type LanguageFile } from '../../../nodes/shared/report/language/english';
import { FRENCH } from '../../../nodes/shared/report/language/french';
import { GERMAN } from '../../../nodes/shared/report/language/german';
import { languageOf, LANGUAGES, loadLanguage } from '../../../nodes/shared/report/language/language';
import { SPANISH } from '../../../nodes/shared/report/language/spanish';
import { writeReport } from '../../../nodes/shared/report/page/writeReport';
import { plantedFile } from '../../fixtures/plantedFile';
import { reportOf } from '../../fixtures/plantedReport';

const OTHERS: ReadonlyArray<[string, LanguageFile]> = [
	['German', GERMAN],
	['French', FRENCH],
	['Spanish', SPANISH],
];

const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe.each(OTHERS)('%s', (_, file) => {
	it('has each text and each rule, and none of them twice in English', () => {
		expect(Object.keys(file.texts)).toEqual(Object.keys(ENGLISH.texts));
		expect(Object.keys(file.rules).sort()).toEqual(Object.keys(CATALOGUE).sort());
		const blank = Object.entries({ ...file.texts, ...file.rules }).filter(([, text]) => text.trim() === '');
		expect(blank).toEqual([]);
	});

	it('fills in the same facts as English', () => {
		for (const [name, text] of Object.entries(file.texts)) {
			const english = ENGLISH.texts[name as keyof typeof ENGLISH.texts];
			expect([name, placeholders(text)]).toEqual([name, placeholders(english)]);
		}
	});

	it('has two forms wherever a number decides in English', () => {
		for (const [name, text] of Object.entries(file.texts)) {
			const english = ENGLISH.texts[name as keyof typeof ENGLISH.texts];
			expect([name, text.split('|').length <= 2]).toEqual([name, true]);
			if (english.includes('|')) expect([name, text.split('|').length]).toEqual([name, 2]);
		}
	});

	it('leaves no text of the page in English', async () => {
		const words = languageOf(file);
		const page = writeReport(await reportOf(plantedFile(), { language: words }), words);
		const same = Object.entries(ENGLISH.texts)
			.filter(([name, text]) => file.texts[name as keyof typeof ENGLISH.texts] !== text)
			.map(([, text]) => text.split('|')[0])
			.filter((text) => text.length > 12 && !text.includes('{') && page.includes(`>${text}<`));
		expect(same).toEqual([]);
		expect(page).toContain(`<html lang="${file.locale}"`);
		expect(page).not.toMatch(/\{\w+\}|undefined/);
	});
});

it.each([
	['en', '1 row', '1,234 rows', '0 rows', '12.5 %'],
	['de', '1 Zeile', '1.234 Zeilen', '0 Zeilen', '12,5 %'],
	// Nothing is singular in French, and Spanish parts no thousands of four digits.
	['fr', '1 ligne', '1\u202f234 lignes', '0 ligne', '12,5 %'],
	['es', '1 fila', '1234 filas', '0 filas', '12,5 %'],
] as const)('writes numbers and their nouns as %s does', async (id, one, many, none, share) => {
	const { say, percent } = await loadLanguage(id);
	expect([1, 1234, 0].map((n) => say('n.row', { n }))).toEqual([one, many, none]);
	expect(percent(1, 8)).toBe(share);
});

it('is one of four', () => {
	expect(LANGUAGES).toEqual(['en', 'de', 'fr', 'es']);
});
