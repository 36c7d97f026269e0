import type { SourceWords } from './words';

const ENGLISH: SourceWords = {
	system: 'English',
	certainty: 'inferred',
	note: 'plain words that such columns carry in spreadsheets and databases',
	words: {
		personEmail: {
			sure: `Work E-Mail Address | Business Email | Business Email Address | Company Email |
				Corporate Email | Office Email | SMTP Address | Primary SMTP Address | Person Email |
				E-Mail | Mail Address | Employee Email Address | User Email | Worker Email Address`,
			guess: '@ Employee | Person | Login | Login Name | User ID',
		},
		managerEmail: {
			sure: `Manager Email Address | Supervisor Email Address | Line Manager Email |
				Direct Manager Email | Boss Email | Manager Mail | Reporting Manager Email |
				Managers Work Email | Mgr Email | Manager Email ID | Supervisor Mail`,
			likely: `@ Line Manager | Reporting Manager | Boss | Supervisor Name | Manager Name | Mgr |
				Reports To Person`,
		},
		organization: {
			sure: `Organisation | Org | Organization Unit | Org Unit | Org Unit Name | Organisation Name |
				Department Name | Dept | Dept Name`,
			guess: 'Division Name | Business Unit Name | Area | Group',
		},
		effectiveDate: `Effective Date | Date Effective | Valid From | Valid As Of | Effective From | Snapshot Date |
			As Of | Report Date`,
		eventDate: {
			likely: `Review Date | Promotion Date | Change Date | Date of Change | Plan Start Date | Rating Date`,
		},
		level: {
			likely: 'Level | Grade | Job Grade | Career Level | Seniority Level | Employee Level | Band',
		},
		jobFunction: 'Function | Functional Area | Job Discipline | Discipline',
		hireDate: {
			sure: `Date of Hire | Date Hired | Hired On | Joining Date | Date of Joining | Join Date |
				Employment Start Date | Date of Entry`,
			likely: 'Start Date | Seniority Date | First Day',
		},
		hourlyRate: 'Hourly Wage | Rate per Hour | Hourly Cost',
		layer: 'Org Layer | Hierarchy Level | Layers from CEO | Levels from CEO | Distance from CEO',
		supervisorIndicator: 'Supervisor Flag | Manager Indicator | Manager Flag | IC or Manager | IC/Mngr',
		onsiteDays: `Weekly Onsite Days | Onsite Days per Week | Days in Office | Office Days per Week | Badge Days`,
		location: { likely: 'Office Name | Site | Site Name | Workplace | Place of Work' },
		country: { likely: 'Country/Region | Country Name | Region | Country Code | Work Region' },
		firstName: 'Forename',
		lastName: 'Family Name',
		displayName: { likely: 'Full Name | Complete Name' },
		jobTitle: { guess: 'Title Name | Role | Job Name' },
		secondaryJobTitle: 'Secondary Job Title | Second Job Title',
		officeStreet: `Office Street | Work Street | Office Address | Work Address | Work Address Line 1 |
			Office Address Line 1`,
		officeCity: 'Office City | Work City | Location City',
		officeState: 'Office State | Work State | Location State',
		officePostalCode: `Office Postal Code | Work Postal Code | Office Zip | Work Zip | Location Postal Code`,
		officePostBox: 'PO Box | Post Office Box | Office PO Box',
		company: { likely: 'Legal Entity | Employer' },
		companyCode: { likely: 'Legal Entity Code' },
		skills: 'Skill Names | User Skills',
		employmentStatus: { guess: 'Employment Status | Employee Status | Status' },
		dottedLineManagers: 'Dotted Line Manager | Dotted Line Managers | Matrix Manager',
		assistants: { likely: 'Assistant Email | Assistants Email | Assistant' },
		resignationDate: `Date of Resignation | Resigned On | Date of Notice | Resignation Submitted On | Resignation`,
		lastWorkingDate: {
			sure: `Last Working Day | Last Day | Final Working Day | Last Date of Work | Last Day in Office`,
			likely: `Leave Date | Exit Date | Separation Date | Employment End Date | Date of Leaving |
				Termination Effective`,
		},
		remarks: { likely: 'Remark | Comment | Comments | Notes | Review Comments' },
		rating: { likely: 'Performance Score | Review Rating | Overall Rating | Score' },
		oldLevel: 'Previous Level | Prior Level | Old Grade | Level Before | From Level | Previous Grade',
		newLevel: 'Current Level | Level After | To Level | New Grade | Proposed Level',
		newLevelFromLevel: { guess: 'Level | Job Level | Grade' },
		homeAddress1: {
			likely: 'Home Address | Home Street | Home Address Line 1 | Street Address | Address | Street',
		},
		homeAddress2: { likely: 'Home Address Line 2' },
		homeCity: { likely: 'Home City | City' },
		homeState: { likely: 'Home State | State | Province' },
		homeZip: { likely: 'Home Zip | Home Zip Code | Zip | Postal Code | Postcode' },
		scenario: { likely: 'Scenario | HR Scenario | HR Event | Event Type' },
	},
};

const GERMAN: SourceWords = {
	system: 'German',
	certainty: 'inferred',
	note: 'German words that such columns carry; umlauts also written out',
	words: {
		personEmail: {
			sure: `Geschäftliche E-Mail | Dienstliche E-Mail | E-Mail-Adresse | E-Mail geschäftlich |
				Firmen-E-Mail | E-Mail dienstlich | Mailadresse | E-Mail-Adresse (geschäftlich) |
				Mitarbeiter-E-Mail`,
			guess: '@ Benutzername | Personalnummer | Mitarbeiter | Mitarbeiter-ID',
		},
		managerEmail: {
			sure: `E-Mail des Vorgesetzten | E-Mail Vorgesetzter | Vorgesetzter E-Mail | Führungskraft E-Mail |
				E-Mail der Führungskraft | E-Mail Führungskraft | Manager E-Mail`,
			likely: '@ Vorgesetzter | Vorgesetzte | Führungskraft | Teamleiter',
		},
		organization: {
			sure: 'Organisationseinheit | OrgEinheit | Abteilung | Abteilungsname',
			guess: 'Bereich | Geschäftsbereich | Kostenstelle',
		},
		effectiveDate: 'Gültig ab | Wirksam ab | Stichtag | Gültig seit | Beginndatum',
		level: { likely: 'Karrierestufe | Ebene | Entgeltgruppe | Tarifgruppe | Stufe' },
		jobFunction: 'Funktion | Berufsgruppe | Jobfamilie | Stellenart',
		hireDate: 'Eintrittsdatum | Einstellungsdatum | Eintritt am | Eintritt | Anstellungsdatum',
		hourlyRate: 'Stundensatz | Stundenlohn',
		layer: 'Hierarchieebene | Hierarchiestufe',
		supervisorIndicator: { likely: 'Führungsverantwortung | Führungskraft ja/nein' },
		location: 'Standort | Arbeitsort | Dienstort | Büro | Niederlassung',
		country: 'Land | Land/Region | Länderschlüssel',
		firstName: 'Vorname',
		lastName: 'Nachname | Familienname',
		displayName: 'Anzeigename | Vollständiger Name',
		jobTitle: {
			likely: `Stellenbezeichnung | Berufsbezeichnung | Jobtitel | Position (Bezeichnung) | Planstelle`,
		},
		company: 'Firma | Gesellschaft | Unternehmen',
		companyCode: 'Buchungskreis',
		resignationDate: 'Kündigungsdatum | Kündigung am | Datum der Kündigung | Kündigung eingegangen am',
		lastWorkingDate: {
			sure: 'Letzter Arbeitstag | Letzter Tag',
			likely: 'Austrittsdatum | Austritt am | Vertragsende',
		},
		remarks: 'Bemerkung | Bemerkungen | Kommentar',
		rating: 'Bewertung | Beurteilung',
		homeAddress1: { likely: 'Straße | Straße und Hausnummer | Anschrift' },
		homeZip: { likely: 'PLZ | Postleitzahl' },
		homeCity: { likely: 'Ort | Wohnort' },
	},
};

const FRENCH: SourceWords = {
	system: 'French',
	certainty: 'inferred',
	note: 'French words that such columns carry',
	words: {
		personEmail: {
			sure: `E-mail professionnel | Courriel | Adresse e-mail | Adresse électronique |
				Courriel professionnel | Adresse e-mail professionnelle | Mail professionnel |
				Adresse mail | Email pro`,
			guess: '@ Matricule | Identifiant | Salarié | Collaborateur',
		},
		managerEmail: {
			sure: `E-mail du manager | E-mail du responsable | Courriel du responsable | E-mail du supérieur |
				Email manager | Mail du manager | Courriel du gestionnaire |
				E-mail du supérieur hiérarchique`,
			likely: `@ Responsable | Supérieur hiérarchique | Responsable hiérarchique | Gestionnaire | N+1`,
		},
		organization: {
			sure: "Organisation | Service | Département | Unité d'organisation | Unité organisationnelle",
			guess: 'Direction | Centre de coûts | Entité',
		},
		effectiveDate: "Date d'effet | Date effective | Valable à partir du | Date d'application",
		level: { likely: 'Niveau | Échelon | Classification | Coefficient' },
		jobFunction: 'Fonction | Métier | Famille professionnelle | Famille de métiers',
		hireDate: "Date d'embauche | Date d'entrée | Date d'engagement",
		hourlyRate: 'Taux horaire | Salaire horaire',
		location: 'Lieu de travail | Établissement | Lieu | Bureau',
		country: 'Pays | Pays/Région',
		firstName: 'Prénom',
		lastName: 'Nom de famille | Nom',
		displayName: 'Nom complet | Nom affiché',
		jobTitle: { likely: 'Intitulé du poste | Poste | Titre du poste | Emploi' },
		company: 'Société | Entreprise',
		resignationDate: 'Date de démission | Démission',
		lastWorkingDate: {
			sure: 'Dernier jour travaillé | Dernier jour de travail',
			likely: 'Date de départ | Date de sortie | Date de fin de contrat',
		},
		remarks: 'Remarque | Remarques | Commentaire | Commentaires',
		rating: { likely: 'Évaluation | Note' },
		homeAddress1: { likely: 'Adresse | Rue' },
		homeZip: { likely: 'Code postal' },
		homeCity: { likely: 'Ville' },
	},
};

const SPANISH: SourceWords = {
	system: 'Spanish',
	certainty: 'inferred',
	note: 'Spanish words that such columns carry',
	words: {
		personEmail: {
			sure: `Correo electrónico | Correo | Correo corporativo | Correo electrónico del trabajo |
				Correo de trabajo | Correo electrónico corporativo | Email corporativo |
				Dirección de correo electrónico`,
			guess: '@ Empleado | Número de empleado | Usuario',
		},
		managerEmail: {
			sure: `Correo del jefe | Correo del supervisor | Correo electrónico del jefe |
				Correo electrónico del supervisor | Correo del gerente | Correo del responsable |
				Correo electrónico del responsable | Email del jefe`,
			likely: '@ Jefe | Jefe directo | Gerente | Jefe inmediato',
		},
		organization: {
			sure: 'Organización | Departamento | Unidad organizativa',
			guess: 'Centro de costo | Centro de coste | División | Gerencia | Área',
		},
		effectiveDate: 'Fecha efectiva | Fecha de vigencia | Vigente desde | Fecha de efecto',
		level: { likely: 'Nivel | Categoría | Grado' },
		jobFunction: 'Función | Familia de puestos | Familia profesional',
		hireDate: 'Fecha de contratación | Fecha de ingreso | Fecha de alta | Fecha de incorporación',
		hourlyRate: 'Tarifa por hora | Salario por hora',
		location: 'Ubicación | Lugar de trabajo | Centro de trabajo | Oficina | Sede',
		country: 'País | País/Región',
		firstName: 'Nombre | Nombre de pila',
		lastName: 'Apellidos | Apellido | Primer apellido',
		displayName: 'Nombre completo',
		jobTitle: { likely: 'Puesto | Cargo | Título del puesto' },
		company: 'Empresa | Compañía | Sociedad',
		resignationDate: 'Fecha de renuncia | Fecha de dimisión',
		lastWorkingDate: {
			sure: 'Último día de trabajo | Último día trabajado | Último día laboral',
			likely: 'Fecha de baja | Fecha de salida | Fecha de término',
		},
		remarks: 'Observaciones | Comentarios | Notas',
		rating: 'Calificación | Evaluación | Valoración',
		homeAddress1: { likely: 'Dirección | Domicilio | Calle' },
		homeZip: { likely: 'Código postal | CP' },
		homeCity: { likely: 'Ciudad | Localidad' },
	},
};

const JAPANESE: SourceWords = {
	system: 'Japanese',
	certainty: 'inferred',
	note: 'Japanese words that such columns carry',
	words: {
		personEmail: {
			sure: 'メールアドレス | 会社メールアドレス | 勤務先メールアドレス | 社用メールアドレス | Eメール | 電子メール | メール | 社員メールアドレス',
			guess: '@ 社員番号 | 従業員番号 | 社員ID | ユーザー名',
		},
		managerEmail: {
			sure: '上司メールアドレス | 上長メールアドレス | 上司のメールアドレス | 上長のメールアドレス | 上司メール | マネージャーメールアドレス | 管理者メールアドレス',
			likely: '@ 上司 | 上長 | 直属の上司 | マネージャー',
		},
		organization: {
			sure: '部署 | 部署名 | 所属 | 組織 | 組織名 | 所属部署 | 部門 | 部門名',
			guess: 'コストセンター | 課',
		},
		effectiveDate: '発令日 | 有効日 | 適用日 | 有効開始日 | 基準日',
		level: { likely: '等級 | 職位 | 役職レベル | グレード' },
		jobFunction: '職種 | 職務 | 職能',
		hireDate: '入社日 | 入社年月日 | 採用日 | 雇用日',
		hourlyRate: '時給 | 時間単価',
		location: '勤務地 | 勤務場所 | 事業所 | 拠点',
		country: '国 | 国/地域 | 国名',
		firstName: '名',
		lastName: '姓 | 苗字',
		displayName: '氏名 | 表示名 | 名前',
		jobTitle: { likely: '役職 | 役職名 | 肩書' },
		company: '会社 | 会社名',
		resignationDate: { sure: '退職届提出日 | 退職申出日 | 辞職日', likely: '退職願受理日' },
		lastWorkingDate: { sure: '最終出勤日 | 最終勤務日', likely: '退職日 | 退社日 | 退職年月日' },
		remarks: '備考 | コメント',
		rating: '評価 | 評価結果',
		homeAddress1: { likely: '住所 | 現住所' },
		homeZip: { likely: '郵便番号' },
		homeCity: { likely: '市区町村' },
		homeState: { likely: '都道府県' },
	},
};

/** What people call such columns in spreadsheets and databases, by language. */
export const LANGUAGES: readonly SourceWords[] = [ENGLISH, GERMAN, FRENCH, SPANISH, JAPANESE];
