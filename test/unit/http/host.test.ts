import { readBaseUrl, readHost } from '../../../nodes/shared/http/host';
import { Problem } from '../../../nodes/shared/core/problem';

it.each([
	[' https://api.example.com/v1.0/ ', 'https://api.example.com/v1.0'],
	['https://API.example.com:443', 'https://api.example.com'],
	['https://webhook-gcc.example.us//api//signals', 'https://webhook-gcc.example.us/api/signals'],
	['https://localhost:8443/', 'https://localhost:8443'],
])('base address %j', (text, expected) => {
	expect(readBaseUrl(text, 'API Base URL')).toBe(expected);
});

it.each([
	['login.example.com', 'login.example.com'],
	[' https://Login.example.com/ ', 'login.example.com'],
	['localhost:8443', 'localhost:8443'],
	['login.example.com:443', 'login.example.com'],
])('host %j', (text, expected) => {
	expect(readHost(text, 'Login Host')).toBe(expected);
});

it.each([
	['', 'is blank'],
	['   ', 'is blank'],
	['api example', 'is not an address'],
	['http://api.example.com', 'does not begin with https://'],
	['ftp://api.example.com', 'does not begin with https://'],
	['https://me:secret@api.example.com', 'holds a user name or password'],
	['https://api.example.com/v1?x=1', 'holds a ? or #'],
	['https://api.example.com/v1?', 'holds a ? or #'],
	['https://api.example.com/v1#part', 'holds a ? or #'],
])('refuses the base address %j: it %s', (text, words) => {
	const caught = refusal(() => readBaseUrl(text, 'API Base URL'));
	expect(caught.kind).toBe('configuration');
	expect(caught.message).toBe(`The field 'API Base URL' of the credential ${words}.`);
	expect(caught.message + caught.advice).not.toContain('secret');
});

it.each([
	['http://login.example.com', 'does not begin with https://'],
	['login.example.com/tenant', 'has a path'],
	['', 'is blank'],
])('refuses the host %j: it %s', (text, words) => {
	expect(refusal(() => readHost(text, 'Login Host')).message).toContain(words);
});

function refusal(call: () => unknown): Problem {
	try {
		call();
	} catch (error) {
		if (error instanceof Problem) return error;
	}
	throw new Error('not refused');
}
