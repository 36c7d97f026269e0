import { gzipSync } from 'node:zlib';
import { readErrorRows } from '../../../nodes/shared/polling/errorRows';
import { ERROR_FILES } from '../../fixtures/errorFiles';

it.each(ERROR_FILES)('$name: each error is found, and none is torn', ({ bytes, charset, format, errors }) => {
	const found = readErrorRows(bytes, 100, { charset });
	expect(found).toMatchObject({ format, truncated: false });
	expect(found.rows.map(({ row, column, message }) => [row, column, message])).toEqual(errors);
});

it('a warning is told from an error where the file does', () => {
	const file = { warnings: [{ row: 1, message: 'Odd' }], errors: [{ row: 2, message: 'Bad' }] };
	expect(readErrorRows(Buffer.from(JSON.stringify(file)), 10).rows).toEqual([
		{ row: 1, message: 'Odd', severity: 'warning' },
		{ row: 2, message: 'Bad' },
	]);
});

it('what unpacks to far too much is no text', () => {
	const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'Row,Message\n'));
	expect(readErrorRows(bomb, 10)).toEqual({ format: 'binary', rows: [], truncated: false });
});

it('a packed file that was cut gives what is there', () => {
	const gzip = gzipSync('Row,Message\n2,Bad\n3,Worse\n'.padEnd(5_000, '4,More\n'));
	const { rows, truncated } = readErrorRows(gzip.subarray(0, gzip.length - 12), 2, { isCut: true });
	expect([rows[0], truncated]).toEqual([{ row: 2, message: 'Bad' }, true]);
});
