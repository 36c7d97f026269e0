import type { Target } from '../target';
import { columns } from './columns';
import { csvDetecting, csvReading, csvReferee } from './csvReading';
import { dates } from './dates';
import { encodings, gzip } from './encodings';
import { errorRows } from './errorRows';
import { preparing, readyZips, signals } from './preparing';
import { itemReading, jsonReading } from './records';
import { mending, rowRules } from './rowRules';
import { chunking, csvWriting, jsonWriting } from './writing';
import { zips } from './zips';

/** Everything that is fed with bad input. */
export const TARGETS = [
	csvReading,
	csvDetecting,
	csvReferee,
	jsonReading,
	itemReading,
	rowRules,
	mending,
	csvWriting,
	jsonWriting,
	chunking,
	encodings,
	gzip,
	zips,
	dates,
	columns,
	errorRows,
	preparing,
	readyZips,
	signals,
] as Target[];
