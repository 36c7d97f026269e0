/** Sets variables of this process's environment for one test; they are as before after it. */
export function setEnvironment(changes: Record<string, string | undefined>): void {
	for (const [name, value] of Object.entries(changes)) {
		if (!before.has(name)) before.set(name, process.env[name]);
		write(name, value);
	}
}

const before = new Map<string, string | undefined>();

afterEach(() => {
	for (const [name, value] of before) write(name, value);
	before.clear();
});

function write(name: string, value: string | undefined): void {
	if (value === undefined) delete process.env[name];
	else process.env[name] = value;
}
