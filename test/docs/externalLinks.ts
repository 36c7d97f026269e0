/**
 * Every address outside this repository to which a page leads, in one place, because no test opens them: look at them
 * before a release.
 */
export const EXTERNAL_LINKS: readonly string[] = [
	'http://localhost:5678',
	'https://openssl-library.org',
	'https://semver.org',
];
