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
		.replace(/([.!?][)”"'’]*)\s+/g, '$1\0')
		.split('\0')
		.map((sentence) => sentence.trim())
		.filter((sentence) => sentence !== '');
}

function countWords(text: string): number {
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Words and phrases that a native reader trips over, or that name a thing otherwise than the panels do. */
export const AVOIDED: readonly RegExp[] = [
	// archaic or poetic
	/\blest\b/,
	/\bfor want of\b/,
	/\bfor naught\b/,
	/(?<!to )\bwhom\b/,
	/\bwhence\b/,
	/\bthence\b/,
	/\bhence\b/,
	/\bhither(to)?\b/,
	/\bthere(of|in|upon|with)\b/,
	/\bhere(by|in|of|tofore)\b/,
	/\bwhere(in|upon|of)\b/,
	/\bwhilst\b/,
	/\bamongst\b/,
	/\balbeit\b/,
	/\bupon\b/,
	/\bunto\b/,
	/\bere\b/,
	/\bshall\b/,
	/\bought to\b/,
	/\bforthwith\b/,
	/\banew\b/,
	/\bof old\b/,
	/\bnigh\b/,
	/\bper se\b/,
	/\bmight as well\b/,
	// back to front
	/\btherefore[.;:]/,
	/\bthan they (have|had)\b/,
	/\bnor (are|is|do|does|has|have)\b/,
	/\bso may\b/,
	/\bbut for\b/,
	/\bsave for\b/,
	/\bhas to be told\b/,
	// phrases of earlier versions
	/\bmust be well\b/,
	/\ball is well\b/,
	/\bbe content\b/,
	/\bis (not )?content\b/,
	/\bkeeps? (\w+ )?back\b/,
	/\bbe rid of\b/,
	/\bparts the\b/,
	/\bset to work\b/,
	/\bdoes? as well\b/,
	/\bcomes? about\b/,
	/\bcame about\b/,
	/\bwhat became of\b/,
	/\b(is|are|was|were) told\b/,
	/\btold (at once|besides|by|once)\b/,
	/\btells besides\b/,
	/\bgives? (it |them )?out\b/,
	/\bgiven out\b/,
	/\bpassed over\b/,
	/\bmade out to\b/,
	/\bput under watch\b/,
	/\bmind that\b/,
	/\bgrows? old\b/,
	/\bin the manner of\b/,
	/\bspoken to\b/,
	/\bnot known to us\b/,
	/\bwithout regard to\b/,
	/\bread(able)? in words\b/,
	/\bin words\b/,
	// buttons and menus that are not there
	/\bpress \**test\b/,
	/\btest button\b/,
	/\*\*test\*\*/,
	// one word for one thing
	/\bmend(s|ed|ing)?\b/,
	/\basleep\b/,
	/\b(be|puts?) to sleep\b/,
	/\bsleep(s|ing)?\b/,
	/\bawakening\b/,
	/\b(a|each|two|next|no|second|short|some \d+) looks?\b(?! at)/,
	/\bbad rows?\b/,
	/\bready(-made)? zips?\b/,
	/\brows? (that|which) (were|are|is|was) left out\b/,
	/\bclaims? (of|on)\b/,
];

/**
 * The words of a text that {@link AVOIDED} lists, as they stand there in small letters.
 * @param markdown a page; code in it is not read
 * @param options `tables`: whether tables are read
 */
export function wordsToAvoid(markdown: string, { tables = true }: { tables?: boolean } = {}): string[] {
	const tokens = lexer(markdown).filter(({ type }) => tables || type !== 'table');
	const read = blocksOf(tokens)
		.map(({ text }) => text)
		.join('\n');
	const text = read.toLowerCase().replace(/\s+/g, ' ');
	return AVOIDED.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, 'g'))].map(([word]) => word));
}
