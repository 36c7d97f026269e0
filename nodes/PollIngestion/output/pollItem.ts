import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ResultForm } from '../../shared/n8n/output/resultForm';
import { unknownStatusNote } from '../../shared/viva/service/ingestion';
import { elapsedSeconds, type PollState } from '../../shared/polling/state';
import { summarizeEnd } from './summary';

/** Fields of a state that stand on top of the item; all others stand in `polling`. */
const ON_TOP = [
	'ingestionId',
	'destination',
	'tenantId',
	'scaleUnit',
	'status',
	'phase',
	'ingestion',
] as const;

/** What only who looks closer wants to know, once a wait is over. */
const DETAILS = ['ingestion', 'polling'] as const;

/** Says, in an item that sleeps, whose it is: execution and step. */
const OWNER = 'sleepsIn';

/** An import, and the input item that names it. */
export interface FollowedImport {
	input: INodeExecutionData;
	/** place of the item in the input */
	index: number;
	state: PollState;
}

/**
 * The item that tells of one import: what came in, the service's object, and how it was followed. It holds the whole state, so
 * that it can sleep in n8n's database and be read again by {@link stateOf}. Files that came in, such as the report of an upload, stay
 * with it.
 * @param followed see {@link FollowedImport}
 * @param now milliseconds since 1970
 * @param owner for items that will sleep: execution and step
 */
export function pollItem(
	{ input, index, state }: FollowedImport,
	now: number,
	owner?: string,
): INodeExecutionData {
	const { ingestionId, destination, tenantId, scaleUnit, status, phase, ingestion, ...polling } = state;
	return {
		json: {
			...input.json,
			ingestionId,
			destination,
			tenantId,
			scaleUnit,
			status,
			phase,
			ingestion: (ingestion ?? null) as IDataObject | null,
			...(state.unknown.length > 0 && { statusNote: unknownStatusNote(state.unknown) }),
			polling: {
				...(polling as unknown as IDataObject),
				elapsedSeconds: elapsedSeconds(state, now),
				...(owner === undefined ? {} : { [OWNER]: owner }),
			},
		},
		...(input.binary && { binary: input.binary }),
		pairedItem: { item: index },
	};
}

/**
 * The item of an import whose wait is over.
 * @param followed see {@link FollowedImport}
 * @param now milliseconds since 1970
 * @param form how much it says
 */
export function endedItem(followed: FollowedImport, now: number, form: ResultForm): INodeExecutionData {
	const item = pollItem(followed, now);
	return { ...item, json: inPollForm(summarizeEnd(followed.state, now), item.json, form) };
}

/**
 * Puts the item of an import into its form. What came in stays with it, but for its summary, and its details go with those of
 * this step.
 * @param summary what is known of the import, in a sentence
 * @param json what the item holds
 * @param form how much it is to say
 */
export function inPollForm(summary: string, json: IDataObject, form: ResultForm): IDataObject {
	const { summary: before, details, ...facts } = json;
	void before;
	const kept = isObject(details) ? details : {};
	const own = Object.fromEntries(DETAILS.filter((name) => name in facts).map((name) => [name, facts[name]]));
	if (form === 'flat') return { summary, ...facts, ...(details !== undefined && { details }) };
	const main = Object.keys(facts).filter((name) => !(name in own));
	const simplified = { summary, ...Object.fromEntries(main.map((name) => [name, facts[name]])) };
	return form === 'full' ? { ...simplified, details: { ...kept, ...own } } : simplified;
}

const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads the state of an item that has slept.
 * @param owner execution and step that put it to sleep
 * @returns undefined for any other item, also for one that another step or execution has followed before
 */
export function stateOf({ json }: INodeExecutionData, owner: string): PollState | undefined {
	const polling = json.polling as IDataObject | undefined;
	if (polling?.[OWNER] !== owner) return undefined;
	const { elapsedSeconds: elapsed, [OWNER]: own, ...rest } = polling;
	void elapsed;
	void own;
	const top = Object.fromEntries(ON_TOP.map((name) => [name, json[name]]));
	if (top.ingestion === null) delete top.ingestion;
	return { ...top, ...rest } as unknown as PollState;
}
