/** Letters that Unicode does not take apart, and what people write in their place. */
const LETTERS: ReadonlyMap<string, string> = new Map([
	['ß', 'ss'],
	['æ', 'ae'],
	['œ', 'oe'],
	['ø', 'o'],
	['ł', 'l'],
	['đ', 'd'],
	['ð', 'd'],
	['þ', 'th'],
	['ı', 'i'],
]);

/** Steps of a path that say "this record" or "its value", not what the value means. */
const CONTAINERS: ReadonlySet<string> = new Set([
	'reportentry',
	'report',
	'data',
	'd',
	'results',
	'result',
	'record',
	'records',
	'row',
	'rows',
	'item',
	'items',
	'entry',
	'value',
	'values',
	'text',
	'descriptor',
	'content',
	'fields',
	'properties',
	'attributes',
	'customfields',
	'body',
	'json',
	'worker',
	'workers',
	'workerdata',
	'employee',
	'employees',
	'person',
	'persons',
	'user',
	'users',
	'userdata',
	'personaldata',
	'employmentdata',
]);

const XML_PREFIX = /^[@#]?[a-z][a-z0-9]{0,15}:(?=\S)/i;
const PATH_STEPS = /[./\\>]+/;
/** Workday calls a group of columns so; each column in it has a telling name of its own. */
const WORKDAY_GROUP = /_group$/i;
const POSITION = /\[\d*\]/g;
const NOTE = /[([{（［【][^()[\]{}（）［］【】]*[)\]}）］】]$/u;
const ACCENTS = /[\u0300-\u036f]/g;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}\p{M}]+/gu;

/**
 * Reduces a column's name to what it says: no case, blanks, separators, accents, XML prefix (`wd:`) or
 * path steps that only name the record (`Worker.Email`, `attributes.email.value`).
 * Folding twice changes nothing. A name without any letter or digit becomes ''.
 * @param name the name as the source has it
 */
export function normalizeColumnName(name: string): string {
	const steps = stepsOf(name);
	const telling = steps.filter((step) => !CONTAINERS.has(step));
	return telling.length > 0 ? compose(telling.join('')) : (steps.at(-1) ?? '');
}

/**
 * The folded forms under which a name may be looked up, best first: the whole name (`Person.Id` → `personid`), and the
 * name without steps that only name the record (`Worker.Email` → `email`).
 * @param name the name as the source has it
 */
export function normalizedVariants(name: string): string[] {
	const forms = new Set([compose(stepsOf(name).join('')), normalizeColumnName(name)]);
	forms.delete('');
	return [...forms];
}

/**
 * The folded forms of a name without the note at its end (`Hire Date (DD.MM.YYYY)` → `hiredate`); empty where
 * the name has no such note.
 * @param name the name as the source has it
 */
export function normalizedVariantsWithoutNote(name: string): string[] {
	const trimmed = name.trimEnd();
	return NOTE.test(trimmed) ? normalizedVariants(trimmed.replace(NOTE, '')) : [];
}

function stepsOf(name: string): string[] {
	return name
		.replace(POSITION, '')
		.split(PATH_STEPS)
		.filter((step, i, steps) => i === steps.length - 1 || !WORKDAY_GROUP.test(step))
		.map((step) => foldStep(step.trim().replace(XML_PREFIX, '')))
		.filter((step) => step !== '');
}

function foldStep(step: string): string {
	let folded = '';
	for (const letter of step.normalize('NFKD').toLowerCase().normalize('NFKD').replace(ACCENTS, '')) {
		folded += LETTERS.get(letter) ?? letter;
	}
	return compose(folded.replace(NEITHER_LETTER_NOR_DIGIT, ''));
}

/** Marks other than accents (the voicing mark of kana) belong to their letter again. */
function compose(text: string): string {
	return text.normalize('NFC');
}
