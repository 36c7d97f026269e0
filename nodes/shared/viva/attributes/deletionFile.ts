import type { MappingEntry } from '../../columns/planColumns';
import { isEmail } from '../../core/bytes';
import { problem } from '../../core/problem';
import { csvLine } from '../../csv/csvText';
import { isNumberAttribute } from '../../managers/numberAttributes';
import { ATTRIBUTE_SETS } from './attributes';

/** What is deleted of the people. */
export interface DeletionSettings {
	/** names of attributes, in any order; none for all that have a documented marker */
	attributes: readonly string[];
	/** the user's mapping: names of the user's own in it become columns too */
	mapping: readonly MappingEntry[];
	/** an address that does not exist in the tenant: what deletes a manager */
	substitute: string;
}

/** A file that deletes what Organizational Data keeps of people. */
export interface DeletionFile {
	columns: string[];
	/** attributes whose values stay: they are not chosen, or nobody documents what deletes them */
	notDeleted: string[];
	/** how many the file deletes, each once */
	people: number;
	/** addresses that were there before */
	duplicates: number;
	/** CSV, as an upload takes it */
	text: string;
}

const { attributes: known, people, together = [], deletion } = ATTRIBUTE_SETS.organizationalData;

/**
 * Writes the rows that delete what Organizational Data keeps of people (source B5).
 * @param addresses of the people, as the items have them
 * @param wishes see {@link DeletionSettings}
 * @throws Problem `input` for an address that is none, `configuration` for wishes that delete nothing or somebody else's data
 */
export function deletionFile(addresses: readonly unknown[], wishes: DeletionSettings): DeletionFile {
	const person = people?.person ?? '';
	const { markers, notDeleted } = markersOf(wishes, person);
	const persons = new Map<string, string>();
	addresses.forEach((value, item) => {
		const address = typeof value === 'string' ? value.trim() : '';
		if (!isAddress(address)) {
			throw problem.input(
				`Item ${item} has no e-mail address in the field of the parameter 'Address Field'.`,
				"Set 'Address Field' to the field that holds the person's address, and leave out items without one.",
			);
		}
		const key = address.toLowerCase();
		if (!persons.has(key)) persons.set(key, address);
	});
	assertNobody(wishes.substitute, persons);
	const columns = [person, ...markers.keys()];
	const values = [...markers.values()];
	const rows = [...persons.values()].map((address) => csvLine([address, ...values]));
	return {
		columns,
		notDeleted,
		people: persons.size,
		duplicates: addresses.length - persons.size,
		text: [csvLine(columns), ...rows].join(''),
	};
}

function markersOf({ attributes, mapping, substitute }: DeletionSettings, person: string) {
	const own = mapping
		.filter((entry) => !isNumberAttribute(entry) && !known.some(({ name }) => name === entry.attribute))
		.map(({ attribute: name, type = 'string' }) => ({ name, type }));
	const chosen = new Set([...attributes, ...mapping.map(({ attribute }) => attribute)]);
	const markers = new Map<string, string>();
	const notDeleted: string[] = [];
	for (const { name, type } of [...known, ...own]) {
		if (name === person) continue;
		const marker = deletion?.unknownFor.includes(name) ? undefined : deletion?.markers[type]?.value;
		if (marker === undefined || (attributes.length > 0 && !chosen.has(name))) notDeleted.push(name);
		else markers.set(name, type === 'email' ? substitute : marker);
	}
	if (markers.size === 0) {
		throw problem.configuration(
			'The file would delete nothing: no chosen attribute has a documented way to delete it.',
			"Choose other attributes under 'Attributes', or none for all that can be deleted.",
		);
	}
	for (const group of together) {
		const missing = group.filter((name) => !markers.has(name));
		if (missing.length === 0 || missing.length === group.length) continue;
		throw problem.configuration(
			`The service takes ${group.join(', ')} together only; ${missing.join(' and ')} would be missing.`,
			"Choose all of them under 'Attributes', or none.",
		);
	}
	return { markers, notDeleted };
}

/** @throws Problem `configuration` where the substitute is no address, or somebody's */
function assertNobody(substitute: string, persons: ReadonlyMap<string, string>): void {
	if (isAddress(substitute) && !persons.has(substitute.toLowerCase())) return;
	throw problem.configuration(
		'The substitute manager is no address, or that of a person in the input.',
		"Set 'Substitute Manager' to an address that does not exist in your tenant.",
	);
}

function isAddress(text: string): boolean {
	const bytes = Buffer.from(text, 'utf8');
	return isEmail(bytes, 0, bytes.length);
}
