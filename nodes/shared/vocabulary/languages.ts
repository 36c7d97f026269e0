import { ENGLISH } from './english';
import type { SourceWords } from './sourceWords';

const words = (system: string, lists: SourceWords['words']): SourceWords => ({
	system,
	certainty: 'inferred',
	note: `${system} words that such columns carry in spreadsheets and databases`,
	words: lists,
});

/** What people call such columns in spreadsheets and databases, by language. English is known everywhere. */
export const LANGUAGES: readonly SourceWords[] = [
	words('English', ENGLISH),

	words('German', {
		personEmail: {
			sure: `Geschäftliche E-Mail | Dienstliche E-Mail | E-Mail geschäftlich | Firmen-E-Mail | E-Mail dienstlich |
				E-Mail-Adresse (geschäftlich) | Mitarbeiter-E-Mail | Geschäftliche E-Mail-Adresse`,
			second: 'E-Mail-Adresse | Mailadresse | @ Benutzername | Personalnummer | Mitarbeiter | Mitarbeiter-ID',
		},
		managerEmail: {
			sure: `E-Mail des Vorgesetzten | E-Mail Vorgesetzter | Vorgesetzter E-Mail | Führungskraft E-Mail |
				E-Mail der Führungskraft | E-Mail Führungskraft | Manager E-Mail`,
			second: '@ Vorgesetzter | Vorgesetzte | Führungskraft | Direkter Vorgesetzter',
			likely: '@ Teamleiter',
		},
		organization: {
			sure: 'Organisationseinheit | OrgEinheit | Abteilung | Abteilungsname',
			likely: 'Bereich | Geschäftsbereich | Kostenstelle',
		},
		effectiveDate: { sure: 'Gültig ab | Wirksam ab | Stichtag', likely: 'Gültig seit | Beginndatum' },
		level: { second: 'Karrierestufe', likely: 'Ebene | Entgeltgruppe | Tarifgruppe | Stufe' },
		jobFunction: { sure: 'Berufsgruppe | Jobfamilie', likely: 'Funktion | Stellenart' },
		hireDate: {
			sure: 'Eintrittsdatum | Einstellungsdatum | Eintritt am | Anstellungsdatum',
			second: 'Eintritt',
		},
		hourlyRate: 'Stundensatz | Stundenlohn',
		layer: { likely: 'Hierarchieebene | Hierarchiestufe' },
		supervisorIndicator: { second: 'Führungsverantwortung | Führungskraft ja/nein' },
		location: { sure: 'Standort | Arbeitsort | Dienstort', likely: 'Büro | Niederlassung' },
		country: { likely: 'Land | Land/Region | Länderschlüssel' },
		firstName: 'Vorname',
		lastName: { sure: 'Nachname | Familienname', paired: 'Name' },
		displayName: 'Anzeigename | Vollständiger Name',
		jobTitle: {
			second: 'Stellenbezeichnung | Berufsbezeichnung | Jobtitel | Position (Bezeichnung)',
			likely: 'Planstelle',
		},
		company: { second: 'Firma | Gesellschaft | Unternehmen' },
		companyCode: 'Buchungskreis',
		resignationDate: 'Kündigungsdatum | Kündigung am | Datum der Kündigung | Kündigung eingegangen am',
		lastWorkingDate: {
			sure: 'Letzter Arbeitstag | Letzter Tag',
			paired: 'Austrittsdatum | Austritt am',
			likely: 'Vertragsende',
		},
		remarks: 'Bemerkung | Bemerkungen | Kommentar',
		rating: { sure: 'Leistungsbewertung', second: 'Bewertung', likely: 'Beurteilung' },
		homeAddress1: { sure: 'Privatanschrift', likely: 'Straße | Straße und Hausnummer | Anschrift' },
		homeZip: { likely: 'PLZ | Postleitzahl' },
		homeCity: { sure: 'Wohnort', likely: 'Ort' },
	}),

	words('French', {
		personEmail: {
			sure: `E-mail professionnel | Courriel professionnel | Adresse e-mail professionnelle | Mail professionnel |
				Email pro`,
			second: `Courriel | Adresse e-mail | Adresse électronique | Adresse mail | @ Matricule | Identifiant |
				Salarié | Collaborateur`,
		},
		managerEmail: {
			sure: `E-mail du manager | E-mail du responsable | Courriel du responsable | E-mail du supérieur |
				Email manager | Mail du manager | Courriel du gestionnaire | E-mail du supérieur hiérarchique`,
			second: `@ Responsable | Supérieur hiérarchique | Responsable hiérarchique | Gestionnaire | N+1`,
		},
		organization: {
			sure: "Organisation | Service | Département | Unité d'organisation | Unité organisationnelle",
			likely: 'Direction | Centre de coûts | Entité',
		},
		effectiveDate: "Date d'effet | Date effective | Valable à partir du | Date d'application",
		level: { second: 'Échelon', likely: 'Niveau | Classification | Coefficient' },
		jobFunction: {
			sure: 'Famille professionnelle | Famille de métiers',
			second: 'Métier',
			likely: 'Fonction',
		},
		hireDate: { sure: "Date d'embauche | Date d'engagement", second: "Date d'entrée" },
		hourlyRate: 'Taux horaire | Salaire horaire',
		location: { sure: 'Lieu de travail', second: 'Établissement', likely: 'Lieu | Bureau | Site' },
		country: { likely: 'Pays | Pays/Région' },
		firstName: 'Prénom',
		lastName: { sure: 'Nom de famille', paired: 'Nom' },
		displayName: 'Nom complet | Nom affiché',
		jobTitle: { sure: 'Intitulé du poste | Titre du poste', likely: 'Poste | Emploi' },
		company: { second: 'Société | Entreprise' },
		resignationDate: { sure: 'Date de démission', likely: 'Démission' },
		lastWorkingDate: {
			sure: 'Dernier jour travaillé | Dernier jour de travail',
			paired: 'Date de départ | Date de sortie',
			likely: 'Date de fin de contrat',
		},
		remarks: 'Remarque | Remarques | Commentaire | Commentaires',
		rating: { second: 'Évaluation', likely: 'Note' },
		homeAddress1: { sure: 'Adresse personnelle', likely: 'Adresse | Rue' },
		homeZip: { likely: 'Code postal' },
		homeCity: { likely: 'Ville' },
	}),

	words('Spanish', {
		personEmail: {
			sure: `Correo corporativo | Correo electrónico del trabajo | Correo de trabajo |
				Correo electrónico corporativo | Email corporativo`,
			second: `Correo electrónico | Correo | Dirección de correo electrónico | @ Empleado | Número de empleado |
				Usuario`,
		},
		managerEmail: {
			sure: `Correo del jefe | Correo del supervisor | Correo electrónico del jefe |
				Correo electrónico del supervisor | Correo del gerente | Correo del responsable |
				Correo electrónico del responsable | Email del jefe`,
			second: '@ Jefe | Jefe directo | Gerente | Jefe inmediato',
		},
		organization: {
			sure: 'Organización | Departamento | Unidad organizativa',
			likely: 'Centro de costo | Centro de coste | División | Gerencia',
			guess: 'Área',
		},
		effectiveDate: 'Fecha efectiva | Fecha de vigencia | Vigente desde | Fecha de efecto',
		level: { likely: 'Nivel | Categoría | Grado' },
		jobFunction: { sure: 'Familia de puestos | Familia profesional', likely: 'Función' },
		hireDate: {
			sure: 'Fecha de contratación | Fecha de ingreso | Fecha de incorporación',
			second: 'Fecha de alta',
		},
		hourlyRate: 'Tarifa por hora | Salario por hora',
		location: {
			sure: 'Lugar de trabajo | Centro de trabajo',
			second: 'Ubicación | Sede',
			likely: 'Oficina',
		},
		country: { likely: 'País | País/Región' },
		firstName: { sure: 'Nombre de pila', paired: 'Nombre' },
		lastName: { sure: 'Apellidos | Apellido', second: 'Primer apellido' },
		displayName: 'Nombre completo',
		jobTitle: { sure: 'Título del puesto', second: 'Puesto | Cargo' },
		company: { second: 'Empresa | Compañía | Sociedad' },
		resignationDate: 'Fecha de renuncia | Fecha de dimisión',
		lastWorkingDate: {
			sure: 'Último día de trabajo | Último día trabajado | Último día laboral',
			paired: 'Fecha de baja | Fecha de salida | Fecha de término',
		},
		remarks: 'Observaciones | Comentarios | Notas',
		rating: { second: 'Calificación | Evaluación | Valoración' },
		homeAddress1: { sure: 'Domicilio', likely: 'Dirección | Calle' },
		homeZip: { likely: 'Código postal | CP' },
		homeCity: { likely: 'Ciudad | Localidad' },
	}),

	words('Italian', {
		personEmail: {
			sure: 'E-mail aziendale | Posta elettronica aziendale | Email di lavoro | Indirizzo e-mail aziendale',
			second: 'Indirizzo e-mail | Posta elettronica | @ Dipendente | Matricola',
		},
		managerEmail: {
			sure: 'E-mail del responsabile | E-mail responsabile | E-mail del superiore',
			second: '@ Responsabile | Responsabile diretto | Superiore diretto',
		},
		organization: {
			sure: 'Organizzazione | Reparto | Dipartimento | Unità organizzativa',
			likely: 'Divisione | Direzione | Centro di costo',
		},
		effectiveDate: 'Data di decorrenza | Decorrenza | Data effetto',
		level: { likely: 'Livello | Inquadramento' },
		hireDate: { sure: 'Data di assunzione | Data assunzione', second: 'Data di ingresso' },
		hourlyRate: 'Retribuzione oraria | Tariffa oraria',
		location: { sure: 'Sede di lavoro | Luogo di lavoro', second: 'Sede' },
		country: { likely: 'Paese | Nazione' },
		firstName: { paired: 'Nome' },
		lastName: 'Cognome',
		displayName: 'Nome completo | Nominativo',
		jobTitle: { sure: 'Qualifica professionale', second: 'Mansione', likely: 'Ruolo | Qualifica' },
		company: { second: 'Azienda | Società' },
		resignationDate: 'Data di dimissioni | Data dimissioni',
		lastWorkingDate: {
			sure: 'Ultimo giorno di lavoro | Ultimo giorno lavorativo',
			paired: 'Data di cessazione | Data cessazione',
		},
		remarks: 'Osservazioni | Commenti',
		rating: { second: 'Valutazione' },
	}),

	words('Portuguese', {
		personEmail: {
			sure: 'E-mail corporativo | E-mail profissional | E-mail do trabalho | E-mail do funcionário',
			second: 'Endereço de e-mail | Correio eletrônico | @ Funcionário | Colaborador | Matrícula',
		},
		managerEmail: {
			sure: 'E-mail do gestor | E-mail do gerente | E-mail do superior | E-mail da chefia',
			second: '@ Gestor | Gestor direto | Gerente | Superior imediato | Chefia',
		},
		organization: {
			sure: 'Organização | Departamento | Setor | Unidade organizacional',
			likely: 'Diretoria | Centro de custo | Divisão',
			guess: 'Área',
		},
		effectiveDate: 'Data efetiva | Data de vigência | Vigente desde',
		level: { likely: 'Nível | Grau' },
		hireDate: {
			sure: 'Data de admissão | Data de contratação | Data admissão',
			second: 'Data de ingresso',
		},
		hourlyRate: 'Valor por hora | Salário por hora',
		location: { sure: 'Local de trabalho', second: 'Localização | Unidade' },
		country: { likely: 'País' },
		firstName: { sure: 'Primeiro nome', paired: 'Nome' },
		lastName: 'Sobrenome | Apelido | Último nome',
		displayName: 'Nome completo',
		jobTitle: { second: 'Cargo', likely: 'Função' },
		company: { second: 'Empresa' },
		resignationDate: 'Data do pedido de demissão | Data de demissão',
		lastWorkingDate: {
			sure: 'Último dia de trabalho | Último dia trabalhado',
			paired: 'Data de desligamento | Data de saída',
		},
		remarks: 'Observações | Comentários',
		rating: { second: 'Avaliação' },
	}),

	words('Dutch', {
		personEmail: {
			sure: 'Zakelijk e-mailadres | Zakelijke e-mail | E-mail werk | Werk e-mail',
			second: 'E-mailadres | @ Medewerker | Personeelsnummer',
		},
		managerEmail: {
			sure: 'E-mail leidinggevende | E-mailadres leidinggevende | E-mail manager | E-mailadres manager',
			second: '@ Leidinggevende | Direct leidinggevende',
		},
		organization: {
			sure: 'Afdeling | Organisatie | Organisatie-eenheid | Afdelingsnaam',
			likely: 'Kostenplaats | Divisie',
		},
		effectiveDate: 'Ingangsdatum | Geldig vanaf',
		level: { likely: 'Niveau | Schaal' },
		jobFunction: { sure: 'Functiefamilie | Functiegroep' },
		hireDate: { sure: 'Datum in dienst | Indiensttreding | Datum indiensttreding | In dienst sinds' },
		hourlyRate: 'Uurloon | Uurtarief',
		location: { sure: 'Werklocatie | Standplaats', second: 'Locatie | Vestiging' },
		country: { likely: 'Land' },
		firstName: { sure: 'Voornaam', second: 'Roepnaam' },
		lastName: { sure: 'Achternaam', paired: 'Naam' },
		displayName: 'Volledige naam',
		jobTitle: { sure: 'Functietitel | Functienaam', second: 'Functie' },
		company: { second: 'Bedrijf | Werkgever' },
		resignationDate: 'Opzegdatum | Datum opzegging',
		lastWorkingDate: { sure: 'Laatste werkdag', paired: 'Datum uit dienst' },
		remarks: 'Opmerking | Opmerkingen',
		rating: { second: 'Beoordeling' },
	}),

	words('Japanese', {
		personEmail: {
			sure: '会社メールアドレス | 勤務先メールアドレス | 社用メールアドレス | 社員メールアドレス',
			second: `メールアドレス | Eメール | 電子メール | メール | @ 社員番号 | 従業員番号 | 社員ID | ユーザー名`,
		},
		managerEmail: {
			sure: `上司メールアドレス | 上長メールアドレス | 上司のメールアドレス | 上長のメールアドレス | 上司メール |
				マネージャーメールアドレス | 管理者メールアドレス`,
			second: '@ 上司 | 上長 | 直属の上司 | マネージャー',
		},
		organization: {
			sure: '部署 | 部署名 | 所属 | 組織 | 組織名 | 所属部署 | 部門 | 部門名',
			likely: 'コストセンター',
			guess: '課',
		},
		effectiveDate: '発令日 | 有効日 | 適用日 | 有効開始日 | 基準日',
		level: { second: '役職レベル', likely: '等級 | 職位 | グレード' },
		jobFunction: { sure: '職種', second: '職務 | 職能' },
		hireDate: '入社日 | 入社年月日 | 採用日 | 雇用日',
		hourlyRate: '時給 | 時間単価',
		location: { sure: '勤務地 | 勤務場所', second: '事業所 | 拠点' },
		country: { likely: '国 | 国/地域 | 国名' },
		firstName: { paired: '名' },
		lastName: '姓 | 苗字',
		displayName: { sure: '氏名 | 表示名', likely: '名前' },
		jobTitle: { second: '役職 | 役職名 | 肩書' },
		company: { second: '会社 | 会社名' },
		resignationDate: { sure: '退職届提出日 | 退職申出日 | 辞職日', second: '退職願受理日' },
		lastWorkingDate: { sure: '最終出勤日 | 最終勤務日', paired: '退職日 | 退社日 | 退職年月日' },
		remarks: '備考 | コメント',
		rating: { second: '評価 | 評価結果' },
		homeAddress1: { sure: '現住所', likely: '住所' },
		homeZip: { likely: '郵便番号' },
		homeCity: { likely: '市区町村' },
		homeState: { likely: '都道府県' },
	}),

	words('Chinese', {
		personEmail: {
			sure: '工作邮箱 | 公司邮箱 | 企业邮箱 | 员工邮箱 | 工作電子郵件',
			second: '邮箱 | 电子邮件 | 电子邮箱 | 邮箱地址 | 電子郵件 | @ 员工编号 | 工号 | 用户名',
		},
		managerEmail: {
			sure: '经理邮箱 | 上级邮箱 | 主管邮箱 | 直属上级邮箱 | 直接上级邮箱 | 主管電子郵件',
			second: '@ 经理 | 上级 | 主管 | 直属上级 | 直接上级 | 汇报对象',
		},
		organization: {
			sure: '部门 | 部门名称 | 所属部门 | 组织 | 组织名称 | 部門名稱',
			likely: '成本中心 | 事业部',
		},
		effectiveDate: '生效日期 | 有效日期',
		level: { second: '职级', likely: '级别 | 职等' },
		jobFunction: { sure: '职能 | 职位序列' },
		hireDate: '入职日期 | 入职时间 | 入職日期 | 聘用日期',
		hourlyRate: '时薪 | 小时工资',
		location: { sure: '工作地点 | 办公地点' },
		country: { likely: '国家 | 国家/地区' },
		firstName: { paired: '名' },
		lastName: '姓 | 姓氏',
		displayName: { sure: '姓名 | 显示名称' },
		jobTitle: { sure: '职位名称', second: '职位 | 职务 | 岗位' },
		company: { second: '公司 | 公司名称' },
		resignationDate: { sure: '离职申请日期 | 辞职日期' },
		lastWorkingDate: { sure: '最后工作日', paired: '离职日期' },
		remarks: '备注',
		rating: { second: '绩效等级 | 评级' },
	}),
];
