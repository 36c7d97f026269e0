import { existsSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { EXTERNAL_LINKS } from './externalLinks';
import { readPage, readPages, root, type Page } from './pages';

const pages = readPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const isExternal = (target: string) => /^[a-z][a-z0-9+.-]*:/i.test(target);

/** What is wrong with a relative target; nothing if it leads somewhere. */
function fault(page: Page, target: string): string | undefined {
	const [path, anchor] = target.split('#');
	const whole = path === '' ? page.path : posix.join(posix.dirname(page.path), decodeURIComponent(path));
	if (whole.startsWith('..') || !existsSync(join(root, whole)))
		return `${page.path}: ${target} does not exist`;
	if (anchor === undefined) return undefined;
	const other = byPath.get(whole);
	if (other === undefined) return `${page.path}: ${target} names a place in a file that is no page`;
	return other.anchors.has(anchor) ? undefined : `${page.path}: ${target} names a heading that is not there`;
}

it('reads pages as GitHub does', () => {
	const page = readPage(
		'docs/x.md',
		'# A *B* `c`: d\n\n## A\n\n## A\n\n[x](y.md#z) ![](p.png)\n\n<img src="q.png" alt="Q">\n\n- item\n\n  ```sh\n  npm test\n  ```\n',
	);
	expect(page.anchors).toEqual(new Set(['a-b-c-d', 'a', 'a-1']));
	expect(page.links).toEqual(['y.md#z']);
	expect(page.images).toEqual([
		{ source: 'p.png', alt: '' },
		{ source: 'q.png', alt: 'Q' },
	]);
	expect(page.codeBlocks).toEqual([{ language: 'sh', code: 'npm test' }]);
});

it('every relative link leads to a file, and to a heading that is there', () => {
	const links = pages.flatMap((page) =>
		page.links.filter((link) => !isExternal(link)).map((link) => [page, link] as const),
	);
	expect(links.length).toBeGreaterThan(60);
	expect(links.flatMap(([page, link]) => fault(page, link) ?? [])).toEqual([]);
});

it('every picture is there and has words for those who cannot see it', () => {
	const images = pages.flatMap((page) => page.images.map((image) => ({ ...image, page })));
	expect(images.length).toBeGreaterThan(6);
	for (const { source, alt, page } of images) {
		const file = join(root, dirname(page.path), source);
		expect([page.path, source, existsSync(file) && statSync(file).size > 1_000]).toEqual([
			page.path,
			source,
			true,
		]);
		expect([page.path, source, alt.length > 20]).toEqual([page.path, source, true]);
	}
});

it('every page below docs/ can be reached from the README', () => {
	const reached = new Set<string>(['README.md']);
	for (const path of reached) {
		for (const link of byPath.get(path)?.links ?? []) {
			if (!isExternal(link)) reached.add(posix.join(posix.dirname(path), link.split('#')[0] || '.'));
		}
	}
	expect(
		pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !reached.has(path)),
	).toEqual([]);
});

describe('links to other sites', () => {
	// GitHub makes links of the addresses in Microsoft's examples.
	const isExample = (link: string) => link === 'mailto:employee@contoso.com';
	const used = [...new Set(pages.flatMap(({ links }) => links.filter(isExternal)))]
		.filter((link) => !isExample(link))
		.sort();

	it('are those of the list in test/docs/externalLinks.ts', () => {
		expect(used).toEqual([...EXTERNAL_LINKS].sort());
	});

	it.each(used)('%s is a whole address', (link) => {
		const { protocol, hostname, username, search } = new URL(link);
		expect(hostname === 'localhost' ? 'https:' : protocol).toBe('https:');
		expect([username, search]).toEqual(['', '']);
		expect(link).not.toMatch(/[\s.,;)]$/);
	});
});
