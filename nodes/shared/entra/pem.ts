/** One PEM block: what it says it is, and itself with proper line breaks. */
export interface PemBlock {
	/** for example `CERTIFICATE` or `RSA PRIVATE KEY` */
	label: string;
	pem: string;
}

/**
 * Finds the PEM blocks of a text and mends what copying does to them: everything on one line, line breaks written as
 * \n, Windows line ends, missing line breaks, surrounding quotes and blanks, and text before, between or after.
 * @returns the blocks in their order; empty where there is none
 */
export function pemBlocks(text: string): PemBlock[] {
	const plain = text.replace(/\\[rnt]/g, '\n').replace(/[\u200b\ufeff\u00a0]/g, ' ');
	const blocks: PemBlock[] = [];
	let label: string | undefined;
	let inner = '';
	for (const part of plain.split('-----')) {
		const words = part.length > LONGEST_BORDER ? [] : part.trim().split(/\s+/);
		const name = words.slice(1).join(' ');
		if (words[0] === 'BEGIN' && LABEL.test(name)) {
			label = name;
			inner = '';
		} else if (words[0] === 'END' && name === label) {
			const { headers, base64 } = parted(inner);
			blocks.push({ label, pem: written(label, headers, base64) });
			label = undefined;
		} else inner = part;
	}
	return blocks;
}

/** `BEGIN` and the longest label, with room for blanks. */
const LONGEST_BORDER = 200;
const LABEL = /^[A-Z0-9][A-Z0-9 ]*$/;

/** Old encrypted keys carry two header lines before the base64. */
const ENCRYPTION = /Proc-Type:\s*4\s*,\s*ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+)\s*,\s*([0-9A-F]+)(?=\s)/i;

function parted(inner: string): { headers: string; base64: string } {
	const found = ENCRYPTION.exec(inner);
	const headers = found === null ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${found[1]},${found[2]}\n\n`;
	const rest = found === null ? inner : inner.slice(found.index + found[0].length);
	return { headers, base64: rest.replace(/[^A-Za-z0-9+/=]/g, '') };
}

function written(label: string, headers: string, base64: string): string {
	const lines = base64.match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${label}-----\n${headers}${lines.join('\n')}\n-----END ${label}-----\n`;
}
