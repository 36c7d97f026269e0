import type { Page } from './pages';

/** How it is known that a command of a page works. */
export type Proof =
	/** `npm run docs:commands` runs it in a temporary clone and waits until it ends well */
	| { run: true; minutes: number }
	/** the same, but it runs until it is ended; it works when it prints this */
	| { until: RegExp; minutes: number }
	/** this test runs exactly this command */
	| { test: string }
	/** nobody runs it here, and why */
	| { because: string };

/** Every command that stands in a block marked `sh`, in the order in which the runner takes them. */
export const COMMANDS: Readonly<Record<string, Proof>> = {
	'npm run demo': { run: true, minutes: 30 },
	'npm test': { run: true, minutes: 20 },
	'npm run test:slow': { run: true, minutes: 20 },
	'npm run emulator': { until: /https:\/\/localhost:\d+/, minutes: 3 },
	'npm run lint': { run: true, minutes: 10 },
	'npm run docs:rules': { run: true, minutes: 3 },
	'npm run docs:troubleshooting': { run: true, minutes: 3 },
	'npm run docs:network': { run: true, minutes: 3 },
	'npm run docs:errors': { run: true, minutes: 3 },
	'npm run docs:hostile': { run: true, minutes: 10 },
	'npm run docs:repeats': { run: true, minutes: 5 },
	'npm run docs:schemas': { run: true, minutes: 3 },
	'npm run docs:templates': { run: true, minutes: 3 },
	'npm run build:wasm': { run: true, minutes: 3 },
	'npm run build': { run: true, minutes: 5 },
	'npm run screenshots': { run: true, minutes: 15 },
	'npm run test:e2e': { run: true, minutes: 40 },
	'npm run test:install': { run: true, minutes: 40 },
	'npm run test:queue': { run: true, minutes: 40 },
	'npm run bench': { run: true, minutes: 120 },
	'npm run bench -- --quick': { run: true, minutes: 60 },
	'npm run bench -- --case 1 --rows 1000000 --runs 5': { run: true, minutes: 30 },
	'npm run bench -- --tables': { run: true, minutes: 5 },
	'docker run -it --rm --name n8n -p 5678:5678 -v n8n_data:/home/node/.n8n docker.n8n.io/n8nio/n8n': {
		because: "n8n's own command; needs Docker and a download from docker.n8n.io",
	},
	'npx n8n': {
		because: "n8n's own command; takes the newest n8n, while our tests take those with a lock file",
	},
	'openssl req -x509 -newkey rsa:2048 -sha256 -days 365 -nodes -subj "/CN=HR import by n8n" -keyout hr-import.key -out hr-import.crt':
		{ test: 'test/docs/certificate.slow.ts' },
	'openssl x509 -in hr-import.crt -noout -fingerprint -sha1 -enddate': {
		test: 'test/docs/certificate.slow.ts',
	},
	'openssl pkcs8 -topk8 -v2 aes-256-cbc -in hr-import.key -out hr-import.encrypted.key': {
		test: 'test/docs/certificate.slow.ts',
	},
	'openssl pkcs12 -in hr-import.pfx -nodes -out hr-import.pem': { test: 'test/docs/certificate.slow.ts' },
	'openssl pkcs12 -in hr-import.pfx -nokeys -clcerts -out hr-import.crt': {
		test: 'test/docs/certificate.slow.ts',
	},
	'openssl x509 -inform der -in hr-import.cer -out hr-import.crt': {
		test: 'test/docs/certificate.slow.ts',
	},
};

/** The commands of a page's blocks marked `sh`, without their remarks. */
export function commandsOf(page: Page): string[] {
	return page.codeBlocks
		.filter(({ language }) => SHELLS.has(language))
		.flatMap(({ code }) => code.replace(/\\\n\s*/g, '').split('\n'))
		.map((line) => line.replace(/(?:^|\s)#\s.*$/, '').trim())
		.filter((line) => line !== '');
}

/** Names by which blocks of commands could escape the list. */
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'shell', 'console', 'zsh']);
