import type { IDisplayOptions } from 'n8n-workflow';

type Shown = NonNullable<IDisplayOptions['show']>;

/**
 * The panels that saved workflows may have: 1 has 'Invalid Rows' and 'Send' as fields of their own and results with everything side
 * by side; 1.1 has them in Options and results in two forms. A step keeps the version with which it was saved.
 */
export const PANEL_VERSIONS: number[] = [1, 1.1];

/** Shows a field in the first panel only. */
export const firstPanel: Shown = { '@version': [1] };

/** Shows a field in the panels since 1.1. */
export const shortPanel: Shown = { '@version': [{ _cnd: { gte: 1.1 } }] };
