import { AddressIndex } from '../../../nodes/shared/managers/addressIndex';

const indexOf = (pairs: Array<[number: string, address: string]>): AddressIndex => {
	const index = new AddressIndex();
	for (const [number, address] of pairs) index.add(number, address);
	return index;
};

it.each([
	['42', '42'],
	['00042', '42'],
	['42', '00042'],
	['42.0', '42'],
	['42', ' 42,00 '],
	['0', '000'],
	['e-17', 'E-17'],
	['社員7', '社員7'],
])('%j is the number %j', (kept, wanted) => {
	expect(indexOf([[kept, 'ann@contoso.com']]).find(wanted)).toEqual({ address: 'ann@contoso.com' });
});

it.each([
	['42', '420'],
	['42', '4'],
	['42', '42.5'],
	['1E5', '100000'],
	['0042A', '42A'],
	['42', ''],
	['', ''],
	['42', 'x'.repeat(300)],
])('%j is not the number %j', (kept, wanted) => {
	expect(indexOf([[kept, 'ann@contoso.com']]).find(wanted)).toBe('nobody');
});

it('keeps one address for several rows of a person, and none for a number of two people', () => {
	const index = indexOf([
		['1', 'Ann@Contoso.com'],
		['1', 'ann@contoso.com'],
		['2', 'ben@contoso.com'],
		['02', 'bob@contoso.com'],
		['2', 'ben@contoso.com'],
	]);
	expect(index.find('1')).toEqual({ address: 'Ann@Contoso.com' });
	expect(index.find('2')).toBe('several');
});

it('is no place for what is no address', () => {
	const index = indexOf([
		['1', 'ann'],
		['2', '@contoso.com'],
		['3', `${'x'.repeat(256)}@contoso.com`],
	]);
	expect(['1', '2', '3'].map((number) => index.find(number))).toEqual(['nobody', 'nobody', 'nobody']);
});

it('finds each of 100,000 people again, in at most 40 bytes each', () => {
	const index = new AddressIndex();
	const addressOf = (i: number) => `first.last${i}@${i % 3 === 0 ? 'contoso' : 'fabrikam'}.com`;
	for (let i = 0; i < 100_000; i++) index.add(`${100_000 + i}`, addressOf(i));
	const wrong = [];
	for (let i = 0; i < 100_000; i++) {
		const found = index.find(`${100_000 + i}`);
		if (typeof found === 'string' || found.address !== addressOf(i)) wrong.push(i);
	}
	expect(wrong).toEqual([]);
	expect(index.find('99999')).toBe('nobody');
	expect(index.bytes / 100_000).toBeLessThan(40);
});
