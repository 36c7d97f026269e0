import { ATTRIBUTE_SETS, attributesFor } from '../../../nodes/shared/viva/attributes/attributes';
import { DESTINATION_IDS } from '../../../nodes/shared/viva/service/destinations';

const required = (...args: Parameters<typeof attributesFor>) =>
	attributesFor(...args)
		.filter(({ need }) => need === 'required')
		.map(({ name }) => name);

describe('attributes', () => {
	it.each([
		['vivaHr', 'full', ['PersonId', 'ManagerId', 'Organization']],
		['vivaHr', 'incremental', ['PersonId']],
		['vivaHr', undefined, ['PersonId', 'ManagerId', 'Organization']],
		['organizationalData', 'merge', ['Microsoft_PersonEmail']],
		['vivaSurvey', 'full', []],
	] as const)('%s, %s refresh: required columns', (destination, refresh, names) => {
		expect(required(destination, refresh)).toEqual(names);
	});

	it.each(DESTINATION_IDS)(
		'%s: every list names attributes that exist, each once, legal and not reserved',
		(id) => {
			const set = ATTRIBUTE_SETS[id];
			const names = set.attributes.map(({ name }) => name);
			const listed = [
				...Object.values(set.requiredFor).flat(),
				...set.requiredForNewPeople,
				...set.filledWherePresent,
			];
			expect(listed.filter((name) => !names.includes(name))).toEqual([]);
			expect(new Set(names).size).toBe(names.length);
			expect(names.filter((name) => !set.headerPattern.pattern.test(name))).toEqual([]);
			expect(names.filter((name) => set.systemNames.names.includes(name))).toEqual([]);
			expect(set.attributes.filter(({ source }) => !/^[A-G]\d/.test(source))).toEqual([]);
		},
	);

	it('leaves the person at the top without a manager', () => {
		const managers = DESTINATION_IDS.flatMap((id) => ATTRIBUTE_SETS[id].attributes).filter(({ name }) =>
			/Manager(Id|Email)$/.test(name),
		);
		expect(managers.map(({ mayBeBlank }) => mayBeBlank)).toEqual([true, true]);
	});

	it('keeps the numbers of the documents', () => {
		expect(ATTRIBUTE_SETS.vivaHr).toMatchObject({
			maximumAttributes: { value: 105 },
			maximumValueBytes: { value: 131_072 },
		});
		expect(ATTRIBUTE_SETS.organizationalData.attributes).toHaveLength(27);
		expect(ATTRIBUTE_SETS.vivaHr.attributes).toHaveLength(13);
	});
});
