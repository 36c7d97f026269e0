import { problem, type Problem } from '../core/problem';

/**
 * Reads the base address of a service as a person writes it.
 * @param text for example `https://api.example.com/v1.0/`
 * @param field the label of the field it stands in, for sentences
 * @returns the address without a slash at its end and without doubled ones within
 * @throws Problem `configuration` where it is blank, not https, or holds a user name, a query or a fragment
 */
export function readBaseUrl(text: string, field: string): string {
	const address = httpsAddress(text, field);
	const path = address.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
	return `${address.origin}${path}`;
}

/**
 * Reads a host as a person writes it: `login.example.com`, `login.example.com:8443` or the same with `https://`.
 * @param text the host
 * @param field the label of the field it stands in, for sentences
 * @returns host, with its port unless that is 443
 * @throws Problem `configuration` where it is blank, not https, or more than a host
 */
export function readHost(text: string, field: string): string {
	const trimmed = text.trim();
	const address = httpsAddress(
		/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) || trimmed === '' ? trimmed : `https://${trimmed}`,
		field,
	);
	if (address.pathname !== '/') {
		throw wrong(
			field,
			'has a path',
			`Write only the host, as in ${address.host}; the tenant is added by itself.`,
		);
	}
	return address.host;
}

function httpsAddress(text: string, field: string): URL {
	const trimmed = text.trim();
	if (trimmed === '')
		throw wrong(field, 'is blank', 'Fill it in, or choose another cloud in the credential.');
	const address = URL.canParse(trimmed) ? new URL(trimmed) : undefined;
	if (address === undefined || address.hostname === '') {
		throw wrong(field, 'is not an address', 'Write a whole https address, as in https://api.example.com.');
	}
	if (address.protocol !== 'https:') {
		throw wrong(
			field,
			'does not begin with https://',
			'Secrets and HR data are sent over https only. Use the https address of the service.',
		);
	}
	if (address.username !== '' || address.password !== '') {
		throw wrong(
			field,
			'holds a user name or password',
			'Remove what stands before the @. For a proxy that asks for a password, set HTTPS_PROXY for n8n.',
		);
	}
	// The text is asked, because an address forgets a question mark or number sign with nothing behind it.
	if (/[?#]/.test(trimmed)) {
		throw wrong(
			field,
			'holds a ? or #',
			'Write the address only up to its path, without ? or # and what follows.',
		);
	}
	return address;
}

function wrong(field: string, what: string, advice: string): Problem {
	return problem.configuration(`The field '${field}' of the credential ${what}.`, advice);
}
