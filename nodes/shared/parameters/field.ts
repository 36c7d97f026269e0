/** A value of a list, and the name under which the panel shows it. */
export interface Choice {
	value: string;
	name: string;
}

/** What a field of a panel or a credential may hold. `label` is the name that its user sees. */
export type Field =
	| { kind: 'choice'; label: string; choices: readonly Choice[] }
	| { kind: 'choices'; label: string; choices: readonly Choice[] }
	| { kind: 'number'; label: string; minimum?: number; maximum?: number; whole: boolean; percent: boolean }
	| { kind: 'flag'; label: string }
	| { kind: 'text'; label: string; mayBeBlank: boolean }
	/** fields of which some are given */
	| { kind: 'group'; label: string; fields: Readonly<Record<string, Field>> }
	/** a group, or a list of groups, under each name */
	| { kind: 'groups'; label: string; list: boolean; groups: Readonly<Record<string, GroupField>> };

/** A {@link Field} that holds others. */
export type GroupField = Extract<Field, { kind: 'group' }>;

/** A field of one kind. */
export type FieldOf<K extends Field['kind']> = Extract<Field, { kind: K }>;
