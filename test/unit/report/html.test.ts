import { markup, name, ownMarkup } from '../../../nodes/shared/report/page/html';

it('escapes every text, in elements and in attributes', () => {
	const evil = `<script>alert("1")</script>'"&\``;
	const { text } = markup`<p title="${evil}">${evil}</p>`;
	expect(text).toBe(
		'<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&quot;&amp;&#96;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&quot;&amp;&#96;</p>',
	);
});

it('puts in markup, lists and nothing as they are', () => {
	const rows = [1, 2].map((row) => markup`<li>${row}</li>`);
	expect(markup`<ul>${rows}</ul>${undefined}${ownMarkup('<hr>')}`.text).toBe(
		'<ul><li>1</li><li>2</li></ul><hr>',
	);
});

it('shows characters that cannot be seen, and keeps names from turning others around', () => {
	expect(name('a\u0000\u0085b').text).toBe('<bdi>a��b</bdi>');
	expect(name('\u202egnp.exe').text).toBe('<bdi>\u202egnp.exe</bdi>');
});
