import { NO_MANAGER, type PeopleIndex } from '../../people/peopleIndex';
import type { Branch, ManagerOverview } from './reportData';

/** Layers that are shown one by one; what is deeper is counted together. */
const SHOWN_LAYERS = 15;
const SHOWN_BRANCHES = 8;
const SHOWN_BELOW = 3;
/** How many people report to a manager, in groups; the last has no upper end. */
const SPAN_GROUPS = [1, 2, 4, 8, 13, 21, 51];

const UNKNOWN = -1;
/** The chain ends with somebody who has no row. */
const OUTSIDE = -2;
/** The chain is a loop or leads into one. */
const LOOP = -3;
const UNDERWAY = -4;

/** Gives the name of a person's organization, where it is known. */
type NameOf = (person: number) => string | undefined;

/**
 * Counts people by layer, by manager and by part of the company. Takes time and memory that grow with the number of people:
 * some 16 bytes each while it runs.
 * @param people who has a row, and who manages whom
 * @param nameOf name of a person's organization, where it is known
 */
export function managerOverview(people: PeopleIndex, nameOf?: NameOf): ManagerOverview {
	const layerOf = layers(people);
	const counts = new Map<number, number>();
	let withoutManager = 0;
	let ownManager = 0;
	let managerNotInFile = 0;
	let outside = 0;
	let inLoops = 0;
	let deepest = 0;
	for (let id = 0; id < people.size; id++) {
		if (people.rowOf(id) === 0) continue;
		const manager = people.managerOf(id);
		const layer = layerOf[id];
		if (layer === 0) withoutManager++;
		if (manager === id) ownManager++;
		else if (manager !== NO_MANAGER && people.rowOf(manager) === 0) managerNotInFile++;
		if (layer === OUTSIDE) outside++;
		else if (layer === LOOP) inLoops++;
		else {
			counts.set(layer, (counts.get(layer) ?? 0) + 1);
			if (layer > deepest) deepest = layer;
		}
	}
	return {
		withoutManager,
		ownManager,
		managerNotInFile,
		cutOff: outside + inLoops,
		inLoops,
		layers: shownLayers(counts),
		deepest,
		spans: spans(people),
		branches: nameOf ? branches(people, layerOf, nameOf) : [],
	};
}

/** Distance of each person from the top, or why there is none. */
function layers(people: PeopleIndex): Int32Array {
	const { size } = people;
	const layerOf = new Int32Array(size).fill(UNKNOWN);
	for (let id = 0; id < size; id++) {
		if (layerOf[id] !== UNKNOWN) continue;
		// Up to somebody whose layer is known, or to an end; then the same way once more to write it down.
		let steps = 0;
		let at = id;
		while (layerOf[at] === UNKNOWN && people.rowOf(at) !== 0) {
			const manager = people.managerOf(at);
			if (manager === NO_MANAGER || manager === at) break;
			layerOf[at] = UNDERWAY;
			at = manager;
			steps++;
		}
		if (layerOf[at] === UNKNOWN) layerOf[at] = people.rowOf(at) === 0 ? OUTSIDE : 0;
		const end = layerOf[at] === UNDERWAY ? LOOP : layerOf[at];
		for (let below = id; steps > 0; steps--) {
			layerOf[below] = end < 0 ? end : end + steps;
			below = people.managerOf(below);
		}
	}
	return layerOf;
}

function shownLayers(counts: ReadonlyMap<number, number>): ManagerOverview['layers'] {
	const all = [...counts].sort(([a], [b]) => a - b).map(([layer, people]) => ({ layer, people }));
	if (all.length <= SHOWN_LAYERS) return all;
	const rest = all.slice(SHOWN_LAYERS - 1);
	const deeper = {
		layer: rest[0].layer,
		people: rest.reduce((sum, { people }) => sum + people, 0),
		deeper: true as const,
	};
	return [...all.slice(0, SHOWN_LAYERS - 1), deeper];
}

function spans(people: PeopleIndex): ManagerOverview['spans'] {
	const reports = new Uint32Array(people.size);
	for (let id = 0; id < people.size; id++) {
		const manager = people.managerOf(id);
		if (people.rowOf(id) !== 0 && manager !== NO_MANAGER && manager !== id) reports[manager]++;
	}
	const sorted = reports.filter((count) => count > 0).sort();
	const groups = SPAN_GROUPS.map((from, i) => ({
		from,
		to: (SPAN_GROUPS[i + 1] ?? Infinity) - 1,
		managers: 0,
	}));
	let total = 0;
	for (const count of sorted) {
		total += count;
		const group = groups.find(({ to }) => count <= to);
		if (group) group.managers++;
	}
	const middle = sorted.length >> 1;
	const median =
		sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
	return {
		managers: sorted.length,
		mean: sorted.length === 0 ? 0 : total / sorted.length,
		median,
		largest: sorted.at(-1) ?? 0,
		groups: groups.filter(({ managers: count }) => count > 0),
	};
}

/** People by the organization of the one above them who reports to the top, and of the one below that. */
function branches(people: PeopleIndex, layerOf: Int32Array, nameOf: NameOf): Branch[] {
	/** the person's manager in layer 1, and in layer 2 */
	const first = new Int32Array(people.size).fill(NO_MANAGER);
	const second = new Int32Array(people.size).fill(NO_MANAGER);
	const parts = new Map<string, { people: number; below: Map<string, number> }>();
	for (const id of byLayer(layerOf)) {
		if (people.rowOf(id) === 0) continue;
		const manager = people.managerOf(id);
		first[id] = layerOf[id] === 1 ? id : first[manager];
		second[id] = layerOf[id] === 2 ? id : second[manager];
		const name = nameOf(first[id]);
		if (name === undefined) continue;
		let part = parts.get(name);
		if (!part) parts.set(name, (part = { people: 0, below: new Map() }));
		part.people++;
		const inner = second[id] === NO_MANAGER ? undefined : nameOf(second[id]);
		if (inner !== undefined) part.below.set(inner, (part.below.get(inner) ?? 0) + 1);
	}
	return largest(parts, (part) => part.people, SHOWN_BRANCHES).map(([name, part]) => ({
		name,
		people: part.people,
		below: largest(part.below, (count) => count, SHOWN_BELOW).map(([inner, count]) => ({
			name: inner,
			people: count,
		})),
	}));
}

/** Everybody below the top, by layer. */
function byLayer(layerOf: Int32Array): Uint32Array {
	let deepest = 0;
	for (const layer of layerOf) if (layer > deepest) deepest = layer;
	const from = new Uint32Array(deepest + 2);
	for (const layer of layerOf) if (layer > 0) from[layer + 1]++;
	for (let layer = 1; layer < from.length; layer++) from[layer] += from[layer - 1];
	const order = new Uint32Array(from[deepest + 1]);
	for (let id = 0; id < layerOf.length; id++) if (layerOf[id] > 0) order[from[layerOf[id]]++] = id;
	return order;
}

function largest<T>(map: ReadonlyMap<string, T>, sizeOf: (value: T) => number, count: number) {
	return [...map].sort(([, a], [, b]) => sizeOf(b) - sizeOf(a)).slice(0, count);
}
