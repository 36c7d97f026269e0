/** Stands in place of what was cut out. */
export const REDACTED = '[redacted]';

/** Shorter secrets would be found in any text. */
const SHORTEST_SECRET = 4;

/** What looks like a secret of anyone. Each pattern takes time in proportion to the text. */
const SECRETS: ReadonlyArray<readonly [pattern: RegExp, replacement: string]> = [
	[/-----BEGIN [A-Z ]{0,30}PRIVATE KEY[\s\S]*/, REDACTED],
	// JSON Web Tokens begin with {" in base64url.
	[/eyJ[\w-]{8,}(?:\.[\w-]+)*/g, REDACTED],
	[/\b(Bearer|Basic) [\w.~+/=-]{16,}/gi, `$1 ${REDACTED}`],
	// Client secrets of Entra.
	[/[\w.~-]{3}\dQ~[\w.~-]{20,40}/g, REDACTED],
	[
		/\b(client_secret|client_assertion|access_token|refresh_token|id_token)(["']?[=:] ?["']?)[^\s"'&,;]+/gi,
		`$1$2${REDACTED}`,
	],
	[/\b(password|passwd|pwd|secret|sig)=[^\s"'&,;]+/gi, `$1=${REDACTED}`],
];

/** Cuts out what looks like a secret. */
export function withoutSecrets(text: string): string {
	return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** Cuts known secrets out of texts and bytes, in whatever way they are written there. */
export interface Redactor {
	text(text: string): string;
	/** every way of writing a secret, as bytes */
	readonly patterns: readonly Buffer[];
}

/**
 * Makes a redactor of the secrets of one request.
 * @param secrets as they were sent; blanks and very short ones are left out
 */
export function createRedactor(secrets: readonly string[]): Redactor {
	const written = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(waysToWrite);
	// A longer way goes first: it may hold a shorter one.
	const ways = [...new Set(written)].sort((a, b) => b.length - a.length);
	return {
		text: (text) => ways.reduce((rest, way) => rest.replaceAll(way, REDACTED), text),
		patterns: ways.map((way) => Buffer.from(way)),
	};
}

/** As it is, and as it stands in forms, JSON (also as .NET writes it), HTML and base64. */
function waysToWrite(secret: string): string[] {
	const form = encodeURIComponent(secret);
	const unicode = secret.replace(/[^A-Za-z0-9 ._~-]/g, (character) => {
		const code = character.charCodeAt(0).toString(16).padStart(4, '0');
		return `\\u${code.toUpperCase()}`;
	});
	const html = secret.replace(/[&<>"'+]/g, (character) => `&#${character.charCodeAt(0)};`);
	const named = secret
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
	return [
		secret,
		form,
		form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
		form.replaceAll('%20', '+'),
		JSON.stringify(secret).slice(1, -1),
		unicode,
		unicode.toLowerCase() === unicode
			? unicode
			: unicode.replace(/\\u[0-9A-F]{4}/g, (code) => code.toLowerCase()),
		html,
		named,
		...(secret.length < 8
			? []
			: [
					Buffer.from(secret)
						.toString('base64')
						.replace(/={1,2}$/, ''),
				]),
	];
}
