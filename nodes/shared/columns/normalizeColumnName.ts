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
	'root',
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
	'employmentdata',
]);

const XML_PREFIX = /^[@#]?([a-z][a-z0-9]{0,4}):(?=\S)/;
const PATH_STEPS = /[./\\>]+/;
/** Workday calls a group of columns so; each column in it has a telling name of its own. */
const GROUP = /^(.*\S)[_ ](?:[Gg]roup|GROUP)$|^(.*[a-z])Group$/;
const POSITION = /\[\d*\]/g;
const NOTE = /[([{（［【]([^()[\]{}（）［］【】]*)[)\]}）］】]$/u;
const ASCII = /^[ -~]*$/;
const NEITHER_LETTER_NOR_DIGIT_IN_ASCII = /[^a-z0-9]+/g;
const ACCENTS = /[\u0300-\u036f]/g;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}\p{N}\p{M}]+/gu;

/** One way to read a column's name. */
export interface NameForm {
	folded: string;
	/** what was passed over to get there; it may say whose value it is */
	passedOver: ReadonlyArray<{ kind: 'group' | 'table' | 'prefix' | 'note'; text: string }>;
}

/**
 * Reduces a column's name to what it says: no case, blanks, separators, accents, XML prefix (`wd:`) or
 * path steps that only name the record (`Worker.Email`, `attributes.email.value`).
 * Folding twice changes nothing. A name without any letter or digit becomes ''.
 * @param name the name as the source has it
 */
export function normalizeColumnName(name: string): string {
	const { steps } = stepsOf(name);
	const telling = steps.filter((step) => !CONTAINERS.has(step));
	return telling.length > 0 ? compose(telling.join('')) : (steps.at(-1) ?? '');
}

/**
 * The forms under which a name may be looked up, best first: the whole name (`Person.Id` → `personid`), the name without
 * steps that only name the record (`Worker.Email` → `email`), both without the note at its end
 * (`Hire Date (DD.MM.YYYY)` → `hiredate`), and without the table's name in front (`Job Information: Location` → `location`).
 * @param name the name as the source has it
 */
export function nameForms(name: string): NameForm[] {
	const whole = name.trimEnd();
	const bare = whole.replace(NOTE, '');
	const note = bare === whole ? undefined : (NOTE.exec(whole)?.[1].trim() ?? '');
	const notes = note === undefined ? [] : [{ kind: 'note' as const, text: note }];
	const table = tableOf(bare);
	const forms = [
		...formsOf(whole, []),
		...(note === undefined ? [] : formsOf(bare, notes)),
		...(table === undefined
			? []
			: formsOf(bare.slice(table.length + 1), [...notes, { kind: 'table' as const, text: table }])),
	];
	return forms.filter(
		({ folded }, i) => folded !== '' && forms.findIndex((other) => other.folded === folded) === i,
	);
}

/** Reports put the table's name in front of the column's: `Job Information: Department`. */
function tableOf(name: string): string | undefined {
	const colon = name.indexOf(': ');
	return colon > 0 ? name.slice(0, colon) : undefined;
}

function formsOf(name: string, notes: NameForm['passedOver']): NameForm[] {
	const { steps, passedOver, prefixed } = stepsOf(name);
	const all = [...notes, ...passedOver];
	return [
		{ folded: prefixed, passedOver: all.filter(({ kind }) => kind !== 'prefix') },
		{ folded: compose(steps.join('')), passedOver: all },
		{ folded: normalizeColumnName(name), passedOver: all },
	];
}

interface Steps {
	/** folded */
	steps: string[];
	passedOver: Array<{ kind: 'group' | 'prefix'; text: string }>;
	/** all steps together with what may be an XML prefix */
	prefixed: string;
}

function stepsOf(name: string): Steps {
	const raw = name
		.replace(POSITION, '')
		.split(PATH_STEPS)
		.map((step) => step.trim())
		.filter((step) => step !== '');
	const passedOver: Steps['passedOver'] = [];
	const steps: string[] = [];
	const whole: string[] = [];
	raw.forEach((step, i) => {
		const group = i < raw.length - 1 ? GROUP.exec(step) : null;
		if (group) {
			passedOver.push({ kind: 'group', text: group[1] ?? group[2] });
			return;
		}
		const prefix = XML_PREFIX.exec(step)?.[1];
		if (prefix !== undefined) passedOver.push({ kind: 'prefix', text: prefix });
		steps.push(foldStep(step.replace(XML_PREFIX, '')));
		whole.push(foldStep(step));
	});
	return { steps: steps.filter((step) => step !== ''), passedOver, prefixed: compose(whole.join('')) };
}

/** Folds a part of a name. */
export function foldStep(step: string): string {
	// Nothing is taken apart or put together there.
	if (ASCII.test(step)) return step.toLowerCase().replace(NEITHER_LETTER_NOR_DIGIT_IN_ASCII, '');
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
