import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	createSourceFile,
	forEachChild,
	isNoSubstitutionTemplateLiteral,
	isStringLiteral,
	isTemplateExpression,
	ScriptTarget,
	type Node,
} from 'typescript';
import { root } from './pages';

/** A text in code that a person may read. */
export interface CodeSentence {
	/** path below the root, with slashes */
	path: string;
	/** with `VALUE` where a value stands in it */
	text: string;
}

/** The sentences of a program: texts that begin with a capital or a value and have three words or more. */
export function sentencesOf(path: string, program: string): CodeSentence[] {
	const found: CodeSentence[] = [];
	const visit = (node: Node): void => {
		const text = textOf(node);
		if (text !== undefined && isSentence(text)) found.push({ path, text });
		forEachChild(node, visit);
	};
	visit(createSourceFile(path, program, ScriptTarget.Latest, true));
	return found;
}

/** All sentences in the code of the steps and the credentials: panels, errors, rules, report. */
export function codeSentences(): CodeSentence[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
			.flatMap((path) => sentencesOf(path, readFileSync(join(root, path), 'utf8'))),
	);
}

/** Lists of words, with bars between them, are none. */
function isSentence(text: string): boolean {
	const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
	return /^[A-Z'"…]/.test(text) && words.length >= 3 && !text.includes(' | ');
}

function textOf(node: Node): string | undefined {
	if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!isTemplateExpression(node)) return undefined;
	return [node.head.text, ...node.templateSpans.map(({ literal }) => `VALUE${literal.text}`)].join('');
}
