import fc from 'fast-check';
import { NO_MANAGER, PeopleRegister } from '../../../nodes/shared/people/peopleIndex';
import { PersonHash } from '../../../nodes/shared/people/personHash';

const hash = new PersonHash();

interface Row {
	person: string;
	manager: string;
	skipped?: boolean;
	day?: number;
}

/** Puts rows in, numbered from `first` on; a further row of a person counts. Gives the places at which it stopped. */
function putIn(people: PeopleRegister, rows: readonly Row[], first = 0): number[] {
	const piece = people.begin(rows.length);
	rows.forEach(({ person, manager, skipped, day }, r) => {
		const put = (text: string, into: Uint32Array) => {
			const bytes = Buffer.from(text);
			hash.of(bytes, 0, bytes.length);
			into.set([hash.low, hash.high], r * 2);
		};
		put(person, piece.persons);
		put(manager, piece.managers);
		piece.rows[r] = first + r;
		piece.days[r] = day ?? 1;
		piece.skipped[r] = skipped ? 1 : 0;
	});
	const stops: number[] = [];
	for (let at = people.observe(0); at < rows.length; at = people.observe(at + 1)) {
		stops.push(at);
		people.assign(people.met, at);
	}
	return stops;
}

const idOf = (people: PeopleRegister, name: string) => {
	const bytes = Buffer.from(name);
	return people.idOf(bytes, 0, bytes.length);
};

it('keeps people apart, and knows them again', () => {
	const index = new PeopleRegister();
	const ids = new Set<number>();
	for (let i = 0; i < 100_000; i++) ids.add(idOf(index, `person.number${i}@contoso.com`));
	expect(ids.size).toBe(100_000);
	const again = Buffer.from('xxPERSON.number77@contoso.comxx');
	expect(index.idOf(again, 2, again.length - 2)).toBe(77);
	expect(index.size).toBe(100_000);
});

it('tells row, day and manager of each person as the row said that counts', () => {
	const index = new PeopleRegister();
	const rows = [
		{ person: 'ceo', manager: '', day: 7 },
		{ person: 'ann', manager: 'ceo' },
		{ person: 'bob', manager: 'tim' },
		{ person: '', manager: 'ceo' },
		{ person: 'eve', manager: 'ceo', skipped: true },
		{ person: 'ann', manager: 'bob', day: 4_000_000_000 },
	];
	expect(putIn(index, rows, 4_000_000_000)).toEqual([5]);
	const told = (name: string) => {
		const id = idOf(index, name);
		return [index.rowOf(id), index.dayOf(id), index.managerOf(id)];
	};
	expect(told('ceo')).toEqual([4_000_000_001, 7, NO_MANAGER]);
	expect(told('ann')).toEqual([4_000_000_006, 4_000_000_000, idOf(index, 'bob')]);
	expect(told('bob')).toEqual([4_000_000_003, 1, idOf(index, 'tim')]);
	expect(told('tim')).toEqual([0, 0, NO_MANAGER]);
	expect(index.withRows).toBe(3);
	// A manager was named before anybody asked for him; eve's row did not count.
	expect(index.size).toBe(4);
	expect(told('eve')).toEqual([0, 0, NO_MANAGER]);
});

it('tells the same as a plain map, whatever comes', () => {
	const name = fc.integer({ min: 0, max: 60 }).map((n) => (n === 0 ? '' : `p${n}`));
	const row = fc.record({ person: name, manager: name, skipped: fc.boolean() });
	fc.assert(
		fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 40 }), { maxLength: 5 }), (pieces) => {
			const index = new PeopleRegister();
			const managers = new Map<string, string>();
			const named = new Set<string>();
			for (const piece of pieces) {
				putIn(index, piece);
				for (const { person, manager, skipped } of piece) {
					if (skipped || person === '') continue;
					managers.set(person, manager);
					named.add(person);
					if (manager !== '') named.add(manager);
				}
			}
			expect(index.size).toBe(named.size);
			expect(index.withRows).toBe(managers.size);
			const known = [...named].map((person) => ({ person, id: idOf(index, person) }));
			const nameOf = new Map(known.map(({ person, id }) => [id, person]));
			for (const { person, id } of known) {
				expect(index.rowOf(id) !== 0).toBe(managers.has(person));
				expect(nameOf.get(index.managerOf(id)) ?? '').toBe(managers.get(person) ?? '');
			}
			const odd = [...managers].filter(([person, manager]) => {
				return manager === person || (manager !== '' && !managers.has(manager));
			});
			expect([...index.oddManagers()].map((id) => nameOf.get(id)).sort()).toEqual(
				odd.map(([person]) => person).sort(),
			);
			expect(index.countRoots()).toBe([...managers.values()].filter((manager) => manager === '').length);
			const loops = [...index.loops()].map(({ id, length }) => [loopOf(nameOf.get(id)!, managers), length]);
			expect(loops.map(([names]) => names).sort()).toEqual(loopsOf(managers));
			for (const [names, length] of loops) expect(String(names).split(' ')).toHaveLength(Number(length));
		}),
	);
});

/** The people of the loop that somebody is in, in the order of their names; blank = in none. */
function loopOf(person: string, managers: ReadonlyMap<string, string>): string {
	const names: string[] = [];
	for (let at: string | undefined = person; at && !names.includes(at); at = managers.get(at)) names.push(at);
	const last = managers.get(names.at(-1)!);
	return last === person && names.length > 1 ? names.sort().join(' ') : '';
}

function loopsOf(managers: ReadonlyMap<string, string>): string[] {
	return [...new Set([...managers.keys()].map((person) => loopOf(person, managers)))].filter(Boolean).sort();
}

it('takes a whole piece of new people with new managers, again and again', () => {
	const index = new PeopleRegister();
	const { mostRows } = index;
	for (let piece = 0; piece < 40; piece++) {
		const rows = Array.from({ length: mostRows }, (_, r) => ({
			person: `p${piece}.${r}`,
			manager: `m${piece}.${r}`,
		}));
		expect(putIn(index, rows, piece * mostRows)).toEqual([]);
	}
	expect(index.size).toBe(80 * mostRows);
	expect(index.rowOf(idOf(index, 'p39.7'))).toBe(39 * mostRows + 8);
	expect(index.managerOf(idOf(index, 'p3.1023'))).toBe(idOf(index, 'm3.1023'));
	expect(index.bytes / index.size).toBeLessThan(36);
});

it('looks for loops again, also when there are more people', () => {
	const index = new PeopleRegister();
	const pair = (a: string, b: string) => [
		{ person: a, manager: b },
		{ person: b, manager: a },
	];
	putIn(index, [...pair('ann', 'bob'), ...[...'cdef'].map((person) => ({ person, manager: 'ann' }))]);
	expect([...index.loops()]).toEqual([{ id: 0, length: 2 }]);
	expect([...index.loops()]).toEqual([{ id: 0, length: 2 }]);
	// Where the search kept its notes, people come to stand who have nothing of them.
	const id = idOf(index, 'tim');
	expect([index.rowOf(id), index.dayOf(id), index.managerOf(id)]).toEqual([0, 0, NO_MANAGER]);
	putIn(index, pair('eve', 'joe'), 6);
	expect([...index.loops()].map(({ length }) => length)).toEqual([2, 2]);
});

/** Makes memories of WebAssembly otherwise while something is done. */
function withMemory(
	make: (size: object, Memory: new (size: object) => object) => object,
	act: () => void,
): void {
	const wasm = (globalThis as unknown as { WebAssembly: { Memory: new (size: object) => object } })
		.WebAssembly;
	const { Memory } = wasm;
	const spy = jest.spyOn(wasm, 'Memory').mockImplementation(((size: object) => make(size, Memory)) as never);
	try {
		act();
	} finally {
		spy.mockRestore();
	}
}

it('says so when memory is at its end, and not before', () => {
	withMemory(
		(size, Memory) => new Memory({ ...size, maximum: 20 }),
		() => {
			const index = new PeopleRegister();
			const fill = () => {
				for (let i = 0; ; i++) idOf(index, `p${i}`);
			};
			expect(fill).toThrow(/no memory left to compare more than 4\d,\d{3} people/);
			expect(index.bytes).toBe(20 * 65_536);
			expect(() => [...index.loops()]).toThrow('no memory left');
		},
	);
});

it('says so when the system gives no address space', () => {
	withMemory(
		() => {
			throw new RangeError('WebAssembly.Memory(): could not allocate memory');
		},
		() => expect(() => new PeopleRegister()).toThrow('The system gives n8n no address space'),
	);
});
