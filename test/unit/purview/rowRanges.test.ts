import { formatRanges, rowFacts } from '../../../nodes/shared/purview/delivery/rowRanges';

const range = (firstRow: number, lastRow: number, records = lastRow - firstRow + 1) => ({
	firstRow,
	lastRow,
	records,
});

it('ranges that follow one another are one, others stay apart', () => {
	const ranges = [range(2, 5_001), range(5_002, 10_001, 4_990), range(10_003, 10_003)];
	expect(rowFacts('confirmed', ranges)).toEqual({
		confirmedRows: 9_991,
		confirmedRanges: [range(2, 10_001, 9_990), range(10_003, 10_003)],
	});
	expect(formatRanges(ranges, 'row')).toBe('rows 2 to 10001 (9,990), row 10003');
	expect(ranges[0]).toEqual(range(2, 5_001));
});

it('no range is told as such, and many are cut', () => {
	expect(formatRanges([], 'item')).toBe('none');
	const many = Array.from({ length: 25 }, (_, i) => range(2 * i, 2 * i));
	expect(formatRanges(many, 'item')).toMatch(/^item 0, item 2, .*, item 38, and 5 more ranges$/);
});
