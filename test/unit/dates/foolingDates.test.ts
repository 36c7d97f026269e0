import { isSerial, readDate } from '../../../nodes/shared/dates/dateFormats';
import { orderInName } from '../../../nodes/shared/dates/dateColumns';

const LATEST = 2028;
const meaning = (text: string): string => {
	const reading = readDate(text, LATEST);
	if (reading.kind !== 'date') return reading.kind;
	const { year, month, day, hour, minute } = reading.value;
	const two = (number: number) => String(number).padStart(2, '0');
	const time = hour === undefined ? '' : ` ${two(hour)}:${two(minute ?? 0)}`;
	return `${year}-${two(month)}-${two(day)}${time}`;
};

it.each([
	// what programs write for the beginning or the end of time
	['1904-01-01', 'placeholder'],
	['1901-01-01', 'placeholder'],
	['01/01/1910', 'placeholder'],
	['1840-12-31', 'placeholder'],
	['1858-11-17', 'placeholder'],
	['1582-10-15', 'placeholder'],
	['0100-01-01', 'placeholder'],
	['1600-01-01', 'placeholder'],
	['1901-12-13', 'placeholder'],
	['2099-12-31', 'placeholder'],
	['12/31/2099', 'placeholder'],
	['31.12.2199', 'placeholder'],
	['2100-01-01', 'placeholder'],
	['3000-01-01', 'placeholder'],
	['31.12.3999', 'placeholder'],
	['2079-06-06', 'placeholder'],
	['2078-12-31', 'placeholder'],
	['2262-04-11', 'placeholder'],
	['8888-12-31', 'placeholder'],
	['9998-12-31', 'placeholder'],
	['1899-12-29', 'placeholder'],
	['-2209161600', 'placeholder'],
	['/Date(253402214400000)/', 'placeholder'],
	// typing errors are no placeholders: the day stays, with a warning
	['2204-05-17', '2204-05-17'],
	['1912-05-17', '1912-05-17'],
	// forms of databases and systems
	['2026-03-14-08.30.00.000000', '2026-03-14 08:30'],
	['20260314 08:30:00', '2026-03-14 08:30'],
	['20260314 083000', '2026-03-14 08:30'],
	['14MAR2026', '2026-03-14'],
	['14MAR2026:08:30:00', '2026-03-14 08:30'],
	['14-MAR-26 08.30.00.000000 AM', '2026-03-14 08:30'],
	['2026-03-14 08:30:00.0', '2026-03-14 08:30'],
	['2026-03-14T24:00:00', 'notADate'],
	['2026-03-14T00:00:00.000Z', '2026-03-14 00:00'],
	["'2026-03-14", 'notADate'],
	['2026/14/03', 'notADate'],
	['29/02/2025', 'notADate'],
	['2026-3', 'notADate'],
	['03/2026', 'notADate'],
	['2026', 'notADate'],
	['14 March', 'notADate'],
	['14 mars 2026 kl. 08:30', '2026-03-14 08:30'],
	['14 marca 2026 r.', '2026-03-14'],
	['vrijdag 13 maart 2026', '2026-03-13'],
	['sabato 13 marzo 2026', 'notADate'],
	['Sat 14 Mar 2026', '2026-03-14'],
	['2026年3月14日(土)', '2026-03-14'],
	['平成31年4月30日', '2019-04-30'],
	['昭和64年1月7日', '1989-01-07'],
	['R8.3.14', '2026-03-14'],
	['H31.4.30', '2019-04-30'],
	['民國115年3月14日', '2026-03-14'],
])('%j is %s', (text, right) => {
	expect(meaning(text)).toBe(right);
});

it.each([
	['Data assunzione (gg/mm/aaaa)', 'dayFirst'],
	['Hire Date (DD-MON-YYYY)', undefined],
	['Hire Date [dd.mm.yy]', 'dayFirst'],
	['Hire Date (m/d/yyyy)', 'monthFirst'],
	['Eintritt TT.MM.JJJJ', 'dayFirst'],
	["Date d'embauche (jj/mm/aaaa)", 'dayFirst'],
	['Data zatrudnienia (dd.mm.rrrr)', 'dayFirst'],
	['Anställningsdatum (åååå-mm-dd)', undefined],
	['Ingangsdatum (dd-mm-jjjj)', 'dayFirst'],
	['HireDate_MMDDYYYY', 'monthFirst'],
	['Hire Date (DDMMYYYY)', 'dayFirst'],
])('%s tells %s', (name, right) => {
	expect(orderInName(name)).toBe(right);
});

it('knows day numbers of a spreadsheet', () => expect(isSerial('46095')).toBe(true));
