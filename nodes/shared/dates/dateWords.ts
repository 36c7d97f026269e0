import { normalizeColumnName } from '../columns/normalizeColumnName';

/** One language's words in dates: full and short, January and Sunday first; slashes part words that mean the same. */
interface DateWords {
	language: string;
	months: string;
	weekdays: string;
	/** words between the parts of a date that mean nothing for it */
	fillers: string;
}

const LANGUAGES: readonly DateWords[] = [
	{
		language: 'English',
		months:
			'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep ' +
			'october/oct november/nov december/dec',
		weekdays:
			'sunday/sun monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday/sat',
		fillers: 'of the st nd rd th at',
	},
	{
		language: 'German',
		months:
			'januar/jänner/jan/jän februar/feber/feb märz/maerz/mär/mrz april/apr mai juni/jun juli/jul august/aug ' +
			'september/sept/sep oktober/okt november/nov dezember/dez',
		weekdays: 'sonntag/so montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sonnabend/sa',
		fillers: 'den der um',
	},
	{
		language: 'French',
		months:
			'janvier/janv/jan février/févr/fév mars/mar avril/avr mai juin/jun juillet/juill/juil août/aoû ' +
			'septembre/sept/sep octobre/oct novembre/nov décembre/déc',
		weekdays: 'dimanche/dim lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam',
		fillers: 'le er à',
	},
	{
		language: 'Spanish',
		months:
			'enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago ' +
			'septiembre/setiembre/sept/sep/set octubre/oct noviembre/nov diciembre/dic',
		weekdays: 'domingo/dom lunes/lun martes/mar miércoles/mié jueves/jue viernes/vie sábado/sáb',
		fillers: 'de del el las o a',
	},
];

/** Month (1 to 12) by its folded word in any of the languages: they agree wherever they share a word. */
export const MONTHS: ReadonlyMap<string, number> = numbered('months', 1);
/** Day of the week (0 = Sunday) by its folded word. */
export const WEEKDAYS: ReadonlyMap<string, number> = numbered('weekdays', 0);
/** Folded words that a date may hold and that mean nothing for it. */
export const FILLERS: ReadonlySet<string> = new Set(
	LANGUAGES.flatMap(({ fillers }) => fillers.split(' ').map(normalizeColumnName)),
);

/** Calendar eras of Japan: the year that comes before the era's first. */
export const JAPANESE_ERAS: ReadonlyMap<string, number> = new Map([
	['昭和', 1925],
	['平成', 1988],
	['令和', 2018],
]);

function numbered(part: 'months' | 'weekdays', first: number): Map<string, number> {
	const numbers = new Map<string, number>();
	for (const language of LANGUAGES) {
		language[part].split(' ').forEach((words, index) => {
			for (const word of words.split('/')) numbers.set(normalizeColumnName(word), index + first);
		});
	}
	return numbers;
}
