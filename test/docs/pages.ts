import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { lexer, walkTokens, type Token, type Tokens } from 'marked';

/** Where this checkout lies. */
export const root = join(__dirname, '../..');

/** A Markdown page of this repository. */
export interface Page {
	/** path below the root, with slashes */
	path: string;
	text: string;
	/** targets of links, as they are written */
	links: string[];
	images: Array<{ source: string; alt: string }>;
	/** names to which a link within the page may lead */
	anchors: Set<string>;
	codeBlocks: Array<{ language: string; code: string }>;
	/** text in single backquotes */
	inlineCode: string[];
}

const FOLDERS = ['docs', 'examples', 'test', '.github'];

/** All pages that people read, in the order of their paths. */
export function readPages(): Page[] {
	const below = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
			(name) => `${folder}/${name.replaceAll('\\', '/')}`,
		),
	);
	return [...readdirSync(root), ...below]
		.filter((path) => path.endsWith('.md') && !path.includes('node_modules/'))
		.sort()
		.map((path) => readPage(path, readFileSync(join(root, path), 'utf8')));
}

/** Reads one page as GitHub does. */
export function readPage(path: string, text: string): Page {
	const page: Page = {
		path,
		text,
		links: [],
		images: [],
		anchors: new Set(),
		codeBlocks: [],
		inlineCode: [],
	};
	const slugger = new GithubSlugger();
	walkTokens(lexer(text), (token: Token) => {
		if (token.type === 'link') page.links.push((token as Tokens.Link).href);
		if (token.type === 'image') {
			const { href, text: alt } = token as Tokens.Image;
			page.images.push({ source: href, alt });
		}
		if (token.type === 'heading') page.anchors.add(slugger.slug(plain((token as Tokens.Heading).tokens)));
		if (token.type === 'code') {
			const { lang = '', text: code } = token as Tokens.Code;
			page.codeBlocks.push({ language: lang, code });
		}
		if (token.type === 'codespan') page.inlineCode.push((token as Tokens.Codespan).text);
		if (token.type === 'html') readHtml(page, token.raw);
	});
	return page;
}

function readHtml(page: Page, html: string): void {
	for (const [tag] of html.matchAll(/<(img|source|a)\b[^>]*>/g)) {
		const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
		if (tag.startsWith('<a')) page.links.push(attribute('href') ?? '');
		else if (tag.startsWith('<img')) {
			page.images.push({ source: attribute('src') ?? '', alt: attribute('alt') ?? '' });
		} else page.images.push({ source: attribute('srcset') ?? '', alt: 'told by the picture itself' });
	}
}

function plain(tokens: Token[]): string {
	return tokens
		.map((token) =>
			'tokens' in token && token.tokens ? plain(token.tokens) : 'text' in token ? token.text : '',
		)
		.join('');
}
