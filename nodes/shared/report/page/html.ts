/** Markup that is safe to put into a page. Only {@link markup} makes it. */
export class Html {
	constructor(readonly text: string) {}
}

/** What can stand in a template: text is escaped, markup is not, nothing is nothing. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/**
 * Builds markup. Every text that is put in is escaped, so that it can neither end an attribute nor begin an element.
 * @returns markup for other templates, or for the page
 */
export function markup(literals: TemplateStringsArray, ...parts: HtmlPart[]): Html {
	let text = literals[0];
	parts.forEach((part, i) => {
		text += textOf(part) + literals[i + 1];
	});
	return new Html(text);
}

/** A name from the user's data: of any script and direction, kept from turning around the words beside it. */
export function name(text: string): Html {
	return markup`<bdi>${text}</bdi>`;
}

/** Markup of our own that is not a template's text, such as a style sheet. */
export function ownMarkup(text: string): Html {
	return new Html(text);
}

function textOf(part: HtmlPart): string {
	if (part === undefined) return '';
	if (part instanceof Html) return part.text;
	if (typeof part === 'object') return part.map(textOf).join('');
	return escapeHtml(String(part));
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/** Text as it stands in HTML, between elements and in quoted attributes. Characters that cannot be seen become �. */
export function escapeHtml(text: string): string {
	return (
		text
			// eslint-disable-next-line no-control-regex
			.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '�')
			.replace(/[&<>"'`]/g, (character) => ENTITIES[character])
	);
}
