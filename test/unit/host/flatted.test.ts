import { readFlatted } from '../../host/flatted';

describe('readFlatted', () => {
	it('reads nested objects, lists and plain values', () => {
		const text = '[{"a":"1","n":1,"t":true,"z":null},["2","3",4,"2"],"two",{"b":"4"},"0"]';
		expect(readFlatted(text)).toEqual({ a: ['two', { b: '0' }, 4, 'two'], n: 1, t: true, z: null });
	});

	it('gives one object where one object was written', () => {
		const root = readFlatted('[{"a":"1","b":"1"},{"c":"2"},"same"]') as { a: object; b: object };
		expect(root.a).toEqual({ c: 'same' });
		expect(root.a).toBe(root.b);
	});

	it('reads what contains itself', () => {
		const root = readFlatted('[{"self":"0","list":"1"},["0"]]') as { self: unknown; list: unknown[] };
		expect(root.self).toBe(root);
		expect(root.list[0]).toBe(root);
	});

	it('keeps a key named __proto__ as data', () => {
		const root = readFlatted('[{"__proto__":"1"},{"x":1}]') as object;
		expect(Object.getPrototypeOf(root)).toBe(Object.prototype);
		expect(Object.entries(root)).toEqual([['__proto__', { x: 1 }]]);
	});

	it('reads a text whose root is a string', () => {
		expect(readFlatted('["hello"]')).toBe('hello');
	});

	it('reads very deep nesting', () => {
		const depth = 50_000;
		const text = `[${Array.from({ length: depth }, (_, i) => `{"next":"${i + 1}"}`).join(',')},"end"]`;
		let place = readFlatted(text);
		for (let i = 0; i < depth; i++) place = (place as { next: unknown }).next;
		expect(place).toBe('end');
	});

	it.each(['[]', '{}', '[{"a":"7"}]', '[{"a":"x"}]'])('refuses %s', (text) => {
		expect(() => readFlatted(text)).toThrow('Not in the flatted form');
	});
});
