import type { RuleCode } from '../../nodes/shared/findings/catalogue';
import { checkZip } from '../fixtures/checkedInput';
import { file, hr, RULE_CASES, type Check } from '../fixtures/ruleCases';

/*
 * Where our checks and the emulator's independent validation differ on purpose. Each entry has its reason and an input that shows
 * it; what is not listed here must be judged alike.
 */

/** Errors of ours that the emulator lets pass. */
export const ONLY_WE_REFUSE: Partial<Record<RuleCode, { why: string; shownBy: Check }>> = {
	'header-empty': {
		why: 'Without a name a column cannot be sent; what is left of the file is in order.',
		shownBy: RULE_CASES['header-empty'].breaks,
	},
	'column-unmatched': {
		why: 'The user asked to be stopped at unknown columns; without them the file is in order.',
		shownBy: RULE_CASES['column-unmatched'].breaks,
	},
	'dates-ambiguous': {
		why: 'The file that would be sent holds dates, perhaps with day and month exchanged.',
		shownBy: RULE_CASES['dates-ambiguous'].breaks,
	},
	'dates-conflicting': {
		why: 'What would be sent are dates, but some of them other days than the source means.',
		shownBy: RULE_CASES['dates-conflicting'].breaks,
	},
	'numbers-ambiguous': {
		why: 'What would be sent are numbers, but perhaps a thousandth of what the source means.',
		shownBy: RULE_CASES['numbers-ambiguous'].breaks,
	},
	'people-missing-many': {
		why: 'That a part of the company is missing, only the comparison with the previous file shows.',
		shownBy: RULE_CASES['people-missing-many'].breaks,
	},
	'columns-gone': {
		why: 'What the last import had, only we have kept.',
		shownBy: RULE_CASES['columns-gone'].breaks,
	},
	'people-too-few': {
		why: 'How many people there must be, only the user knows.',
		shownBy: RULE_CASES['people-too-few'].breaks,
	},
	'readiness-column-missing': {
		why: 'Which apps an import is for, only the user and the tenant know.',
		shownBy: RULE_CASES['readiness-column-missing'].breaks,
	},
	'readiness-coverage': {
		why: 'As before; and no import tells whether it is the first one.',
		shownBy: RULE_CASES['readiness-coverage'].breaks,
	},
	'readiness-values-many': {
		why: 'The import is in order; the app takes no more values.',
		shownBy: RULE_CASES['readiness-values-many'].breaks,
	},
	'readiness-attributes-many': {
		why: 'The import is in order; the app takes no more attributes.',
		shownBy: RULE_CASES['readiness-attributes-many'].breaks,
	},
	'people-fewer': {
		why: 'How many people the last import had, only we have kept.',
		shownBy: RULE_CASES['people-fewer'].breaks,
	},
	'value-not-allowed': {
		why: 'The words are documented (A10, B4), but no error for other words; the emulator warns.',
		shownBy: RULE_CASES['value-not-allowed'].breaks,
	},
	'value-out-of-range': {
		why: 'The bounds are documented (A10), but no error for values beyond them; the emulator warns.',
		shownBy: RULE_CASES['value-out-of-range'].breaks,
	},
	'value-required': {
		why: 'Blanks are no organization for us; the emulator takes them for a text.',
		shownBy: RULE_CASES['value-required'].breaks,
	},
	'value-only-blanks': {
		why: 'Blanks in a column of fixed words: the emulator only warns of other words.',
		shownBy: hr({ SupervisorIndicator: ' ' }),
	},
	'value-not-integer': {
		why: 'A plus sign is not in the wording of the documents (A11), so we do not send it.',
		shownBy: hr({ Layer: '+1' }),
	},
	'value-not-double': {
		why: 'A plus sign, or a point without a digit before or behind it, as for whole numbers.',
		shownBy: hr({ HourlyRate: '+1.' }),
	},
};

/** Warnings of ours about what the emulator refuses, since the documents do not decide. */
export const ONLY_THE_EMULATOR_REFUSES: Partial<
	Record<RuleCode, { rules: string[]; why: string; shownBy: Check }>
> = {
	'manager-self': {
		rules: ['managerLoop'],
		why: 'A person who is their own manager is a loop of one for the emulator; Microsoft has removed its message for that (A10).',
		shownBy: RULE_CASES['manager-self'].breaks,
	},
	'person-date-duplicate': {
		rules: ['managerLoop'],
		why: 'Which of two rows of one day counts is not documented: for us the last one, for the emulator the last with a manager. The same goes for a later day without a manager.',
		shownBy: file(
			'PersonId,ManagerId,Organization\nceo@contoso.com,ann@contoso.com,HR\nann@contoso.com,ceo@contoso.com,HR\nceo@contoso.com,,HR',
		),
	},
	'metadata-type-unknown': {
		rules: ['unsupportedType', 'fieldType'],
		why: 'The list of types is published nowhere (A9): a word that we do not know may be right.',
		shownBy: RULE_CASES['metadata-type-unknown'].breaks,
	},
	'zip-names-case': {
		rules: ['zipNames'],
		why: 'The documents write Metadata.json in one place (F6).',
		shownBy: RULE_CASES['zip-names-case'].breaks,
	},
	'zip-byte-order-mark': {
		rules: ['headerCharacters', 'fieldCharacters', 'headerDiffers', 'requiredMissing', 'jsonInvalid'],
		why: 'The emulator takes the mark for a part of the first header; whether the service does so is not written.',
		shownBy: RULE_CASES['zip-byte-order-mark'].breaks,
	},
	'zip-blank-lines': {
		rules: ['rowWidth'],
		why: 'A blank line is a row of one column for the emulator; most readers pass over it.',
		shownBy: RULE_CASES['zip-blank-lines'].breaks,
	},
	'zip-line-ends': {
		rules: [
			'headerCount',
			'headerMissing',
			'fieldCharacters',
			'headerCharacters',
			'headerDiffers',
			'headerDuplicate',
			'requiredMissing',
			'csv',
		],
		why: 'The emulator ends lines at LF or CRLF only.',
		shownBy: RULE_CASES['zip-line-ends'].breaks,
	},
	'new-people-manager': {
		rules: ['newPersonManager'],
		why: 'Only the service knows who is new in an incremental import (A12).',
		shownBy: hr({ PersonId: 'new@contoso.com', ManagerId: '' }, { refresh: 'incremental' }),
	},
	'new-people-columns': {
		rules: ['newPersonManager', 'newPersonOrganization', 'newPersonField'],
		why: 'As before: who is new is not known.',
		shownBy: async (severities) =>
			await checkZip(
				{
					'data.csv': 'Mail\nnew@contoso.com\n',
					'metadata.json': JSON.stringify({
						DatasetType: 'HR',
						IsBootstrap: 'false',
						Mapping: { Mail: { name: 'PersonId', type: 'EmailType' } },
					}),
				},
				'vivaHr',
				severities,
			),
	},
};
