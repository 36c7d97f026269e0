import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { unknownStatusNote } from '../../shared/viva/service/ingestion';
import { elapsedSeconds, type PollState } from '../../shared/polling/state';

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
