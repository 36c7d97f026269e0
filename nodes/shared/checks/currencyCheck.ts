import type { ColumnPlan } from '../columns/columnPlan';
import type { Findings } from '../findings/findings';

const SIGNS: ReadonlyMap<string, string> = new Map([
	['$', 'USD'],
	['€', 'EUR'],
	['£', 'GBP'],
	['¥', 'JPY'],
	['₹', 'INR'],
	['₩', 'KRW'],
	['zł', 'PLN'],
]);
const CODES =
	/(?<!\p{L})(?:USD|EUR|GBP|CHF|JPY|CNY|INR|KRW|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|TRY|ILS|SGD|HKD)(?!\p{L})/u;
const SIGN = /[$€£¥₹₩]|zł/u;

/** Notes columns whose name tells another currency than the one in which the service takes the amounts. */
export function checkCurrencies({ columns }: ColumnPlan, findings: Findings): void {
	for (const { sourceName, name, currency } of columns) {
		if (currency === undefined) continue;
		const told = CODES.exec(sourceName)?.[0] ?? SIGNS.get(SIGN.exec(sourceName)?.[0] ?? '');
		if (told === undefined || told === currency) continue;
		findings.add('header-currency', { column: sourceName, attribute: name, found: told, currency });
	}
}
