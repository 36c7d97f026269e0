/** A worker as a Workday report gives one: every value is text, the names are the report's XML aliases (E1). */
export interface Worker {
	Employee_ID: string;
	First_Name: string;
	Last_Name: string;
	Display_Name: string;
	Work_Email: string;
	Business_Title: string;
	Job_Profile: string;
	Job_Family: string;
	Management_Level: string;
	Worker_Type: string;
	Worker_Status: string;
	Supervisory_Organization: string;
	Manager_Employee_ID: string;
	Manager_Work_Email: string;
	Cost_Center: string;
	Location: string;
	Country: string;
	City: string;
	Hire_Date: string;
	Original_Hire_Date: string;
	Scheduled_Weekly_Hours: string;
}

/** A worker who leaves, as a second report gives one. */
export interface Leaver {
	Employee_ID: string;
	Display_Name: string;
	Work_Email: string;
	Worker_Status: string;
	Supervisory_Organization: string;
	Manager_Work_Email: string;
	Resignation_Date: string;
	Termination_Date: string;
	Termination_Reason: string;
}

/** How many workers the demo's company has. */
export const defaultWorkerCount = 2_400;

/** Everybody but the people at the bottom leads so many. */
const reports = 7;

/** First and last names, each with the spelling its owner uses in an e-mail address. */
const names: Array<{ first: Array<[string, string]>; last: Array<[string, string]>; familyFirst?: boolean }> =
	[
		{
			first: [
				['Olivia', 'olivia'],
				['James', 'james'],
				['Amara', 'amara'],
				['Liam', 'liam'],
				["D'Arcy", 'darcy'],
			],
			last: [
				["O'Brien", 'obrien'],
				['Walker', 'walker'],
				['Okafor', 'okafor'],
				['Smith-Jones', 'smith-jones'],
				['MacLeod', 'macleod'],
			],
		},
		{
			first: [
				['Zoë', 'zoe'],
				['Jürgen', 'juergen'],
				['Renée', 'renee'],
				['Łukasz', 'lukasz'],
				['Søren', 'soren'],
				['Nguyễn', 'nguyen'],
			],
			last: [
				['Müller', 'mueller'],
				['Gonçalves', 'goncalves'],
				['Dvořák', 'dvorak'],
				['Żółkiewska', 'zolkiewska'],
				['Åkesson', 'akesson'],
				['İnönü', 'inonu'],
			],
		},
		{
			first: [
				['Анна', 'anna'],
				['Дмитрий', 'dmitriy'],
				['Олена', 'olena'],
			],
			last: [
				['Кузнецова', 'kuznetsova'],
				['Шевченко', 'shevchenko'],
				['Иванов', 'ivanov'],
			],
		},
		{
			first: [
				['Ελένη', 'eleni'],
				['Γιώργος', 'giorgos'],
			],
			last: [
				['Παπαδόπουλος', 'papadopoulos'],
				['Νικολάου', 'nikolaou'],
			],
		},
		{
			first: [
				['伟', 'wei'],
				['秀英', 'xiuying'],
				['𠮷', 'ji'],
			],
			last: [
				['王', 'wang'],
				['李', 'li'],
				['欧阳', 'ouyang'],
			],
			familyFirst: true,
		},
		{
			first: [
				['さくら', 'sakura'],
				['健太', 'kenta'],
			],
			last: [
				['佐藤', 'sato'],
				['髙橋', 'takahashi'],
			],
			familyFirst: true,
		},
		{
			first: [
				['민준', 'minjun'],
				['서연', 'seoyeon'],
			],
			last: [
				['김', 'kim'],
				['박', 'park'],
			],
			familyFirst: true,
		},
		{
			first: [
				['فاطمة', 'fatima'],
				['محمد', 'mohammed'],
			],
			last: [
				['الحسن', 'alhassan'],
				['حداد', 'haddad'],
			],
		},
		{
			first: [
				['נועה', 'noa'],
				['דוד', 'david'],
			],
			last: [
				['כהן', 'cohen'],
				['לוי', 'levi'],
			],
		},
		{
			first: [
				['प्रिया', 'priya'],
				['अर्जुन', 'arjun'],
			],
			last: [
				['शर्मा', 'sharma'],
				['पटेल', 'patel'],
			],
		},
		{
			first: [
				['สมชาย', 'somchai'],
				['กัญญา', 'kanya'],
			],
			last: [
				['ศรีสุข', 'srisuk'],
				['จันทร์', 'chan'],
			],
		},
	];

/** Functions of the company, one under each of the chief executive's reports, with their areas. */
const functions: Array<{ family: string; prefix: string; areas: string[] }> = [
	{
		family: 'Engineering',
		prefix: 'Engineer',
		areas: ['Platform', 'Data', 'Mobile', 'Quality', 'Security', 'Design "Studio"', 'Research'],
	},
	{
		family: 'Sales',
		prefix: 'Account Manager',
		areas: ['Americas', 'EMEA', 'APAC', 'Public Sector', 'Partners, Channel', 'Inside Sales', 'Key Accounts'],
	},
	{
		family: 'Operations',
		prefix: 'Operations Specialist',
		areas: ['Logistics', 'Procurement', 'Facilities', 'Manufacturing', 'Planning', 'Fleet', 'Support'],
	},
	{
		family: 'Finance',
		prefix: 'Financial Analyst',
		areas: ['Controlling', 'Tax', 'Treasury', 'Payroll', 'Accounting', 'Audit', 'Investor Relations'],
	},
	{
		family: 'People & Culture',
		prefix: 'HR Partner',
		areas: ['Talent', 'Rewards', 'Learning', 'Workplace', 'Diversité & Inclusion', 'HR Systems', 'Mobility'],
	},
	{
		family: 'Marketing',
		prefix: 'Marketing Specialist',
		areas: ['Brand', 'Digital', 'Events', 'Product Marketing', 'Press', 'Insights', 'Community'],
	},
	{
		family: 'Legal, Risk and Compliance',
		prefix: 'Counsel',
		areas: ['Contracts', 'Privacy', 'Trade', 'Ethics', 'Litigation', 'Risk', 'Insurance'],
	},
];

const offices: Array<[location: string, country: string, city: string]> = [
	['Seattle HQ', 'United States of America', 'Seattle'],
	['Austin, Tower 2', 'United States of America', 'Austin'],
	['München Nord', 'Germany', 'München'],
	['Kraków Zabłocie', 'Poland', 'Kraków'],
	['São Paulo Paulista', 'Brazil', 'São Paulo'],
	['Athens', 'Greece', 'Αθήνα'],
	['東京オフィス', 'Japan', '東京'],
	['서울 지사', 'Korea, Republic of', '서울'],
	['Tel Aviv', 'Israel', 'תל אביב'],
	['Bengaluru Campus 1', 'India', 'बेंगलुरु'],
	['Remote', 'Ireland', 'Dublin'],
];

const dayMs = 86_400_000;
/** the reports' fixed "today", so that every run gives the same rows */
const today = Date.UTC(2025, 5, 30);

/**
 * Makes the workers of a company: the same ones for the same number, the chief executive first, every manager before
 * his reports, so that a company of any size has a tree without loops. Costs about a microsecond a worker.
 * @param count number of workers
 */
export function* makeWorkers(count: number): Generator<Worker> {
	for (let index = 0; index < count; index += 1) yield makeWorker(index, count);
}

/** As {@link makeWorkers}, for consumers that take their time. */
export async function* streamWorkers(count: number): AsyncGenerator<Worker> {
	yield* makeWorkers(count);
}

/** The people of a company who are about to leave: one in forty of those who lead nobody. */
export function* makeLeavers(count: number): Generator<Leaver> {
	for (let index = 1; index < count; index += 1) {
		if (leads(index, count) || mix(index, 6) % 40 !== 0) continue;
		const worker = makeWorker(index, count);
		const resigned = today - (mix(index, 7) % 60) * dayMs;
		yield {
			Employee_ID: worker.Employee_ID,
			Display_Name: worker.Display_Name,
			Work_Email: worker.Work_Email,
			Worker_Status: 'Active',
			Supervisory_Organization: worker.Supervisory_Organization,
			Manager_Work_Email: worker.Manager_Work_Email,
			Resignation_Date: date(resigned),
			Termination_Date: date(resigned + (14 + (mix(index, 8) % 76)) * dayMs),
			Termination_Reason: mix(index, 9) % 4 === 0 ? 'Retirement' : 'Resignation, voluntary',
		};
	}
}

/**
 * Writes records as CSV in UTF-8: header, quotes where needed, CRLF, in pieces of about 64 KB.
 * @param records objects with the same keys in the same order
 */
export function* csvPieces(records: Iterable<object>): Generator<Buffer> {
	let piece = '';
	let first = true;
	for (const record of records) {
		if (first) piece += `${Object.keys(record).map(cell).join(',')}\r\n`;
		first = false;
		piece += `${Object.values(record).map(cell).join(',')}\r\n`;
		if (piece.length < 65_536) continue;
		yield Buffer.from(piece);
		piece = '';
	}
	if (piece !== '') yield Buffer.from(piece);
}

/** The same workers with Viva's names and types, ready to be sent (A10). */
export function* vivaRecords(count: number): Generator<Record<string, string>> {
	for (const worker of makeWorkers(count)) {
		yield {
			PersonId: worker.Work_Email,
			EffectiveDate: '06/30/2025',
			ManagerId: worker.Manager_Work_Email,
			Organization: worker.Supervisory_Organization,
			LevelDesignation: worker.Management_Level,
			FunctionType: worker.Job_Family,
			HireDate: worker.Hire_Date,
			Location: worker.Location,
			CountryOrRegion: worker.Country,
		};
	}
}

function makeWorker(index: number, count: number): Worker {
	const { first, last, display, email } = identity(index);
	const manager = index === 0 ? null : parentOf(index);
	const branch = branchOf(index);
	const unit = branch === null ? null : functions[branch.function];
	const leader = leads(index, count);
	const level = managementLevel(index, leader);
	const family = unit?.family ?? 'Executive Office';
	const area = branch?.area === undefined ? null : (unit?.areas[branch.area] ?? null);
	const [location, country, city] = pick(offices, mix(index, 3));
	const hired = today - (200 + (mix(index, 4) % 6_000)) * dayMs;
	const rehired = mix(index, 5) % 50 === 0;
	const title = unit?.prefix ?? 'Chief Executive';
	return {
		Employee_ID: employeeId(index),
		First_Name: first,
		Last_Name: last,
		Display_Name: display,
		Work_Email: email,
		Business_Title: index === 0 ? 'Chief Executive Officer' : leader ? `${level}, ${area ?? family}` : title,
		Job_Profile: index === 0 ? 'Executive' : leader ? 'People Leader' : `${title} ${(mix(index, 2) % 3) + 1}`,
		Job_Family: family,
		Management_Level: level,
		Worker_Type: !leader && mix(index, 10) % 12 === 0 ? 'Contingent Worker' : 'Employee',
		Worker_Status: !leader && mix(index, 11) % 30 === 0 ? 'On Leave' : 'Active',
		Supervisory_Organization: area === null ? family : `${family} / ${area}`,
		Manager_Employee_ID: manager === null ? '' : employeeId(manager),
		Manager_Work_Email: manager === null ? '' : identity(manager).email,
		Cost_Center: `CC-${String(1_000 + (branch?.function ?? 0) * 100 + (branch?.area ?? 0))}`,
		Location: location,
		Country: country,
		City: city,
		Hire_Date: date(hired),
		// Workday's own form of a date with its zone
		Original_Hire_Date: `${date(rehired ? hired - 900 * dayMs : hired)}-07:00`,
		Scheduled_Weekly_Hours: mix(index, 12) % 8 === 0 ? '20' : '40',
	};
}

function identity(index: number): { first: string; last: string; display: string; email: string } {
	const people = pick(names, mix(index, 0));
	const [first, firstAscii] = pick(people.first, mix(index, 1));
	const [last, lastAscii] = pick(people.last, mix(index, 13));
	return {
		first,
		last,
		display: people.familyFirst === true ? `${last} ${first}` : `${first} ${last}`,
		email: `${firstAscii}.${lastAscii}${index + 1}@contoso-demo.com`,
	};
}

function parentOf(index: number): number {
	return Math.floor((index - 1) / reports);
}

function leads(index: number, count: number): boolean {
	return index * reports + 1 < count;
}

/** Which function and area a worker stands under: his forebears below the chief executive. */
function branchOf(index: number): { function: number; area?: number } | null {
	if (index === 0) return null;
	let area: number | null = null;
	let person = index;
	while (person > reports) {
		area = person;
		person = parentOf(person);
	}
	const branch = person - 1;
	return area === null ? { function: branch } : { function: branch, area: (area - 1) % reports };
}

function managementLevel(index: number, leader: boolean): string {
	if (index === 0) return 'Executive';
	if (index <= reports) return 'Vice President';
	if (!leader) return 'Individual Contributor';
	return parentOf(index) <= reports ? 'Director' : 'Manager';
}

function employeeId(index: number): string {
	return `W${String(100_001 + index)}`;
}

function date(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}

function pick<T>(list: T[], by: number): T {
	return list[by % list.length] as T;
}

/** A number that looks like chance and always is the same for an index and a purpose. */
function mix(index: number, purpose: number): number {
	let hash = Math.imul(index + 1, 0x9e37_79b1) ^ Math.imul(purpose + 1, 0x85eb_ca6b);
	hash = Math.imul(hash ^ (hash >>> 16), 0x7feb_352d);
	hash = Math.imul(hash ^ (hash >>> 15), 0x846c_a68b);
	return (hash ^ (hash >>> 16)) >>> 0;
}

function cell(value: unknown): string {
	const written = String(value);
	return /[",\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}
