import type { Target } from '../target';
import { csvDetecting, csvReading, csvReferee } from './csvReading';
import { itemReading, jsonReading } from './records';
import { mending, rowRules } from './rowRules';
import { chunking, csvWriting, jsonWriting } from './writing';

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
] as Target[];
