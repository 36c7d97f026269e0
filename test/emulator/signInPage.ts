import type { Reply } from './exchange';

/** The page that a caller with a bad token ends up with (A6: 200 and HTML). */
export const signInPage = [
	'<!DOCTYPE html>',
	'<html lang="en"><head><meta charset="utf-8"><title>Sign in to your account</title></head>',
	'<body><h1>Sign in</h1><form method="post" action="/common/login"><input type="email" name="login"></form>',
	'</body></html>',
	'',
].join('\r\n');

/** 200 with the sign-in page. */
export function signInPageReply(): Reply {
	return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: signInPage };
}
