const STEP = String.raw`\.[\p{L}_$][\p{L}\p{N}_$]*|\["[^"]*"\]|\['[^']*'\]|\[\d+\]`;
const STEPS = new RegExp(STEP, 'gu');
const FIELD = new RegExp(
	String.raw`^=\s*\{\{\s*(?:\$json|\$\('[^']*'\)\.item\.json)((?:${STEP})+)\s*\}\}\s*$`,
	'u',
);

interface Mapping {
	entries?: Array<{ column?: unknown }>;
}

/**
 * The column whose field was dragged onto a panel: `={{ $json.Work_Email }}` means the name, not the value of one row.
 * @param expression what the panel holds
 * @returns nothing for anything else
 */
export function draggedColumn(expression: unknown): string | undefined {
	const path = typeof expression === 'string' ? FIELD.exec(expression)?.[1] : undefined;
	return path
		?.match(STEPS)
		?.map((step) => {
			const name = step.startsWith('.') ? step.slice(1) : step.slice(1, -1);
			// The first of a list has the name of the list.
			if (/^\d+$/.test(name)) return name === '0' ? '' : `[${name}]`;
			return `.${/^["']/.test(name) ? name.slice(1, -1) : name}`;
		})
		.join('')
		.slice(1);
}

/**
 * The lines of 'Column Mapping' with the names of dragged columns.
 * @param mapping as n8n gives it, with the values of one row
 * @param panel as the panel holds it, with expressions
 */
export function nameDraggedColumns(mapping: unknown, panel: unknown): unknown {
	const { entries } = (mapping ?? {}) as Mapping;
	const held = ((panel ?? {}) as Mapping).entries;
	if (!Array.isArray(entries) || !Array.isArray(held)) return mapping;
	const named = entries.map((entry, i) => {
		const column = draggedColumn(held[i]?.column);
		return column === undefined ? entry : { ...entry, column };
	});
	return { ...(mapping as Mapping), entries: named };
}
