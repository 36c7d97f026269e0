import { lexer, type Token, type Tokens } from 'marked';

/** A unit of text that a person reads in one go. */
export interface Sentence {
	text: string;
	words: number;
}

/** How a page reads. */
export interface Reading {
	/** words that a person reads: without code blocks, HTML, pictures and addresses of links */
	words: number;
	/** sentences of paragraphs, list items and table cells, without fragments */
	sentences: Sentence[];
	/** words per sentence, on average */
	average: number;
	longest: Sentence;
}

/** Shorter pieces are names and labels, not sentences; they would make the average look better than it is. */
const FRAGMENT_WORDS = 4;

/** Reads a page in Markdown as a person does. */
export function readingOf(markdown: string): Reading {
	const blocks = blocksOf(lexer(markdown));
	const sentences = blocks
		.flatMap(({ text, heading }) => (heading ? [] : splitSentences(text)))
		.map((text) => ({ text, words: countWords(text) }))
		.filter(({ words }) => words >= FRAGMENT_WORDS);
	const total = sentences.reduce((sum, { words }) => sum + words, 0);
	return {
		words: blocks.reduce((sum, { text }) => sum + countWords(text), 0),
		sentences,
		average: sentences.length === 0 ? 0 : total / sentences.length,
		longest: sentences.reduce((most, next) => (next.words > most.words ? next : most), {
			text: '',
			words: 0,
		}),
	};
}

/** The text of a page as a person reads it, one block a line. */
export function plainText(markdown: string): string {
	return blocksOf(lexer(markdown))
		.map(({ text }) => text)
		.join('\n');
}

interface Block {
	text: string;
	heading: boolean;
}

function blocksOf(tokens: readonly Token[]): Block[] {
	return tokens.flatMap((token): Block[] => {
		switch (token.type) {
			case 'heading':
				return [{ text: inlineText((token as Tokens.Heading).tokens), heading: true }];
			case 'paragraph':
			case 'text':
				return splitLines(inlineText('tokens' in token && token.tokens ? token.tokens : [token]));
			case 'blockquote':
				return blocksOf((token as Tokens.Blockquote).tokens);
			case 'list':
				return (token as Tokens.List).items.flatMap((item) => blocksOf(item.tokens));
			case 'table': {
				const { header, rows } = token as Tokens.Table;
				// In a cell, semicolons separate the members of a list.
				return [header, ...rows].flat().flatMap((cell) => splitLines(inlineText(cell.tokens), /\f|;\s/));
			}
			default:
				return [];
		}
	});
}

/** A `<br>` ends a block. */
function splitLines(text: string, at = /\f/): Block[] {
	return text.split(at).map((line) => ({ text: line.trim(), heading: false }));
}

/** Code counts as one word, whatever it holds. */
function inlineText(tokens: readonly Token[]): string {
	return tokens
		.map((token) => {
			if (token.type === 'codespan') return 'CODE';
			if (token.type === 'image') return '';
			if (token.type === 'html') return /^<br\b/.test(token.raw) ? '\f' : '';
			if (token.type === 'br') return ' ';
			if ('tokens' in token && token.tokens) return inlineText(token.tokens);
			return 'text' in token ? String(token.text) : '';
		})
		.join('');
}

/** Ends of sentences: a mark, a closing quote or bracket perhaps, and then a blank. */
function splitSentences(text: string): string[] {
	return text
		.split(/(?<=[.!?][)”"'’]*)\s+/)
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}

function countWords(text: string): number {
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
