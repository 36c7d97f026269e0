import { normalizeColumnName } from '../columns/normalizeColumnName';

/**
 * Words in dates by language: months and weekdays in full and short, January and Sunday first, with slashes between words that mean
 * the same; and words between the parts of a date that mean nothing for it.
 */
const LANGUAGES: ReadonlyArray<Record<'months' | 'weekdays' | 'fillers', string>> = [
	// English
	{
		months:
			'january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep ' +
			'october/oct november/nov december/dec',
		weekdays:
			'sunday/sun monday/mon tuesday/tues/tue wednesday/wed thursday/thurs/thur/thu friday/fri saturday/sat',
		fillers: 'of the st nd rd th at',
	},
	// German
	{
		months:
			'januar/jänner/jan/jän februar/feber/feb märz/maerz/mär/mrz april/apr mai juni/jun juli/jul august/aug ' +
			'september/sept/sep oktober/okt november/nov dezember/dez',
		weekdays: 'sonntag/so montag/mo dienstag/di mittwoch/mi donnerstag/do freitag/fr samstag/sonnabend/sa',
		fillers: 'den der um',
	},
	// French
	{
		months:
			'janvier/janv/jan février/févr/fév mars/mar avril/avr mai juin/jun juillet/juill/juil août/aoû ' +
			'septembre/sept/sep octobre/oct novembre/nov décembre/déc',
		weekdays: 'dimanche/dim lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam',
		fillers: 'le er à',
	},
	// Spanish
	{
		months:
			'enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago ' +
			'septiembre/setiembre/sept/sep/set octubre/oct noviembre/nov diciembre/dic',
		weekdays: 'domingo/dom lunes/lun martes/mar miércoles/mié jueves/jue viernes/vie sábado/sáb',
		fillers: 'de del el las o a',
	},
	// Portuguese
	{
		months:
			'janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set ' +
			'outubro/out novembro/nov dezembro/dez',
		weekdays: 'domingo/dom segunda/seg terça/ter quarta/qua quinta/qui sexta/sex sábado/sáb',
		fillers: 'de feira às',
	},
	// Italian
	{
		months:
			'gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago ' +
			'settembre/sett/set ottobre/ott novembre/nov dicembre/dic',
		weekdays: 'domenica/dom lunedì/lun martedì/mar mercoledì/mer giovedì/gio venerdì/ven sabato/sab',
		fillers: 'il alle ore',
	},
	// Dutch
	{
		months:
			'januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sept/sep ' +
			'oktober/okt november/nov december/dec',
		weekdays: 'zondag/zo maandag/ma dinsdag/di woensdag/wo donderdag/do vrijdag/vr zaterdag/za',
		fillers: 'om uur',
	},
	// Swedish
	{
		months:
			'januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sept/sep ' +
			'oktober/okt november/nov december/dec',
		weekdays: 'söndag/sön måndag/mån tisdag/tis onsdag/ons torsdag/tors fredag/fre lördag/lör',
		fillers: 'den kl',
	},
	// Polish: a date has its month in the genitive
	{
		months:
			'stycznia/styczeń/sty lutego/luty/lut marca/marzec/mar kwietnia/kwiecień/kwi maja/maj ' +
			'czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz ' +
			'października/październik/paź listopada/listopad/lis grudnia/grudzień/gru',
		weekdays: 'niedziela/niedz poniedziałek/pon wtorek/wt środa/śr czwartek/czw piątek/pt sobota/sob',
		fillers: 'r roku godz',
	},
];

/** Month (1 to 12) by its normalized word in any of the languages: they agree wherever they share a word. */
export const MONTHS: ReadonlyMap<string, number> = numbered('months', 1);
/** Day of the week (0 = Sunday) by its normalized word. */
export const WEEKDAYS: ReadonlyMap<string, number> = numbered('weekdays', 0);
/** Normalized words that a date may hold and that mean nothing for it. */
export const FILLERS: ReadonlySet<string> = new Set(
	LANGUAGES.flatMap(({ fillers }) => fillers.split(' ').map(normalizeColumnName)),
);

/** Calendar eras of Japan and Taiwan: the year that comes before the era's first. */
export const ERAS: ReadonlyMap<string, number> = new Map([
	['昭和', 1925],
	['平成', 1988],
	['令和', 2018],
	['S', 1925],
	['H', 1988],
	['R', 2018],
	['民國', 1911],
	['民国', 1911],
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
