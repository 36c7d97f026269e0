import { outputItems } from '../host/rest';
import type { Filling } from '../demo/exampleFile';
import { soon, type ExampleBench } from './exampleBench';
import { asCsv, asItems, byColumn, profiles, type People } from './people';

/** What the sources of the examples hold: all columns of the table but the last. */
const people: People = {
	header: profiles.header.slice(0, 4),
	rows: profiles.rows.map((row) => row.slice(0, 4)),
};

/** The examples that send to Organizational Data, each from another kind of source. */
export function testOrganizationalDataExamples(bench: () => ExampleBench): void {
	async function imports(name: string, source: Record<string, Filling>): Promise<void> {
		const { viva, run, newIngestions } = bench();
		const ingestions = newIngestions();
		const execution = await run(name, {
			...source,
			'Send to Organizational Data': { credentials: viva },
			'Follow the import': { credentials: viva, parameters: soon },
		});
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Imported')).toMatchObject([{ json: { status: 'Completed' } }]);
		expect(outputItems(execution, 'Rows left out')).toEqual([]);
		const [ingestion] = ingestions();
		expect(ingestion.destination).toBe('organizational-data');
		expect(byColumn(ingestion)).toEqual(byColumn(people));
	}

	it('Postgres rows', async () => {
		const { editor, database } = bench();
		const postgres = await editor.createCredential('HR database', 'postgres', {
			host: '127.0.0.1',
			port: database.port,
			database: 'postgres',
			user: 'postgres',
			password: 'postgres',
			maxConnections: 1,
			ssl: 'disable',
			sshTunnel: false,
		});
		await imports('postgres-to-organizational-data', {
			'Get people from the database': { credentials: { postgres } },
		});
	});

	it('people from an HTTP API, page after page', async () => {
		const { editor, source } = bench();
		const httpHeaderAuth = await editor.createCredential('HR API', 'httpHeaderAuth', {
			name: 'Authorization',
			value: 'Bearer a key of the test',
		});
		// As an API would name them.
		const named = asItems({ header: ['email', 'managerEmail', 'department', 'jobTitle'], rows: people.rows });
		const page = (content: object) => source.put('people', JSON.stringify(content), 'application/json');
		const second = page({ people: named.slice(2), next: null });
		const first = page({ people: named.slice(0, 2), next: second });
		await imports('http-to-organizational-data', {
			'Get people from the API': { parameters: { url: first }, credentials: { httpHeaderAuth } },
		});
	});

	it('an empty export, which is no green run', async () => {
		const { source, viva, run, newIngestions } = bench();
		const ingestions = newIngestions();
		const empty = JSON.stringify({ people: [], next: null });
		const url = source.put('people', empty, 'application/json');
		const execution = await run('http-to-organizational-data', {
			'Get people from the API': { parameters: { url, authentication: 'none' } },
			'Send to Organizational Data': { credentials: viva },
		});
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/^The export was empty/);
		expect(ingestions()).toEqual([]);
	});

	it('a file on an SFTP server', async () => {
		const { editor, sftp: server } = bench();
		const sftp = await editor.createCredential('HR files', 'sftp', server.login);
		server.put('/outbound/people.csv', asCsv(people));
		await imports('sftp-to-organizational-data', { 'Download the file': { credentials: { sftp } } });
	});
}

/** SQL that makes the HR database: the people of the table, and one who has not changed lately. */
export const employees = `
	CREATE TABLE employees (work_email text, manager_email text, department text, job_title text, changed_at timestamptz);
	INSERT INTO employees VALUES
		${profiles.rows.map((row) => `(${row.slice(0, 4).map(sqlText).join(', ')}, now())`).join(', ')},
		('left.long.ago@contoso.com', '', 'Sales', 'Clerk', now() - interval '3 days');
`;

function sqlText(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}
