import type { IDataObject, IPairedItemData } from 'n8n-workflow';
import type { Job } from '../../shared/n8n/input/inputJobs';
import { BYTE_ORDER_MARK, csvLine, forSpreadsheet } from '../../shared/csv/csvText';
import { ATTRIBUTE_SETS } from '../../shared/viva/attributes/attributes';
import type { DestinationId } from '../../shared/viva/service/destinations';
import type { FoundChanges } from '../../shared/viva/package/changedPeople';
import type { OutputSettings } from '../settings';

/** More missing people than this are counted but not given out as items, so that a wrong file cannot fill the memory. */
const MOST_MISSING_ITEMS = 10_000;

/** Who is missing, in the form that the user wants. */
export interface MissingPeople {
	items: IDataObject[];
	/** a CSV file */
	file?: string;
	/** for the result */
	note: IDataObject;
}

/**
 * Lists the people of the previous file who are missing, by their addresses; reads that file once more where there are any.
 * @param changes how the input differs from the previous file, where it was compared
 * @param destination see {@link DestinationId}
 * @param form how the people are given out
 */
export async function listMissingPeople(
	changes: FoundChanges | undefined,
	destination: DestinationId,
	form: OutputSettings['missingPeople'],
): Promise<MissingPeople> {
	const nothing: MissingPeople = { items: [], note: {} };
	if (!changes || form === 'count' || changes.counts.missingPeople === 0) return nothing;
	const name = ATTRIBUTE_SETS[destination].people?.person ?? 'PersonId';
	if (form === 'file') {
		const lines = [BYTE_ORDER_MARK + csvLine([name])];
		await changes.eachMissing((address) => lines.push(csvLine([forSpreadsheet(address)])));
		return { ...nothing, file: lines.join('') };
	}
	const items: IDataObject[] = [];
	await changes.eachMissing((address) => {
		if (items.length < MOST_MISSING_ITEMS) items.push({ [name]: address });
	});
	const more = changes.counts.missingPeople > items.length;
	return {
		items,
		note: more
			? { missingPeopleNote: `Only the first ${MOST_MISSING_ITEMS} missing people are output.` }
			: {},
	};
}

/** The item of the previous file, of which a missing person is a row. */
export function previousItem({ fileItem }: Job): IPairedItemData {
	return { item: fileItem ?? 0, input: 1 };
}
