/** The three facts that an error is looked at for. */
export const MEANINGS = ['row', 'column', 'message'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** A name as it is compared: lower case, letters and digits only, without accents. */
export const fold = (name: string): string =>
	name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');

const words = (text: string): readonly string[] => text.trim().split(/\s+/).map(fold);

/** Names under which the facts are looked for, best first: English in both numbers, then other languages. */
const NAMES: Readonly<Record<Meaning, readonly string[]>> = {
	row: words(`row rownumber rowno rownum rowindex rowid rows line linenumber lineno lines record recordnumber records
		Zeile Zeilennummer Zeilen ligne numérodeligne lignes fila númerodefila filas línea riga righe linha linhas rij rijen regel
		行 行番号 行号`),
	column:
		words(`column columnname columns field fieldname fields attribute attributename attributes header headername
		property properties Spalte Spaltenname Spalten Feld Feldname Felder Attribut colonne colonnes champ champs columna columnas
		campo campos colonna colonne coluna colunas kolom kolommen veld velden 列 列名 項目 字段`),
	message:
		words(`message errormessage error errordescription errordetail errordetails description detail details reason
		validationerror issue messages errors errormessages validationerrors issues problem problems Fehlermeldung Meldung Fehler
		Beschreibung messagederreur erreur erreurs mensajedeerror mensaje error errores messaggiodierrore messaggio errore errori
		mensagemdeerro mensagem erro erros foutmelding melding fout fouten エラーメッセージ メッセージ エラー 错误信息 错误消息 消息 错误`),
};

/** What a name of a field means; undefined for one that means something else. */
export function meaningOf(name: string): Meaning | undefined {
	const folded = fold(name);
	return folded === '' ? undefined : MEANINGS.find((meaning) => NAMES[meaning].includes(folded));
}

/** For each meaning the best known of the names that have it; the others keep their own names. */
export function bestNames(names: readonly string[]): Partial<Record<Meaning, string>> {
	const best: Partial<Record<Meaning, string>> = {};
	const rank = (meaning: Meaning, name: string) => NAMES[meaning].indexOf(fold(name));
	for (const name of names) {
		const meaning = meaningOf(name);
		if (meaning === undefined) continue;
		const known = best[meaning];
		if (known === undefined || rank(meaning, name) < rank(meaning, known)) best[meaning] = name;
	}
	return best;
}
