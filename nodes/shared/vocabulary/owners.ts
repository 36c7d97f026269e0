import type { OwnerKind } from '../columns/owners';
import type { WordList } from './words';

/**
 * Words that say whose value a column holds, or of when, beside what it is: `Emergency Contact`, `Email (private)`, `Birth:Country`.
 * The longest match counts. `own` are words that say nothing new, although a part of them would.
 */
export const OWNER_WORDS: Readonly<Record<OwnerKind, WordList>> = {
	own: `work contact | contact information | contact info | contact details | contact data | business contact |
		personal area | personnel area | personnel subarea | home department | primary | required | mandatory |
		optional | work | business | company | corporate | current | text | name | description | label | worker | workers |
		employee | employees | associate | person | employment | job | jobs | position | assignment | organization |
		organizations | location | compensation | worker data | employment data | primary job | primary position |
		information | info | data | details | profile | internal | arbeitgeber | dienstlich | geschäftlich | beruflich | professionnel | professionnelle | travail |
		obligatoire | trabajo | corporativo | laboral | obligatorio | lavoro | aziendale | trabalho | profissional |
		zakelijk | werk | verplicht | pflichtfeld | 必須 | 会社 | 勤務先 | 工作 | 公司 | 必填`,
	manager: `manager | managers | mgr | supervisor | supervisors | boss | superior | line manager | reporting manager |
		direct manager | people manager | reports to | report to | reporting to | worker's manager | direct supervisor |
		Vorgesetzter | Vorgesetzte | Vorgesetzten | Führungskraft | Fuehrungskraft | direkter Vorgesetzter |
		responsable | responsable hiérarchique | supérieur | supérieur hiérarchique | gestionnaire | N+1 | jefe | jefa |
		jefe directo | jefe inmediato | gerente | responsabile | responsabile diretto | superiore | capo | gestor |
		gestor direto | superior imediato | chefe | chefia | leidinggevende | direct leidinggevende | 上司 | 上長 |
		直属の上司 | マネージャー | 管理者 | 主管 | 经理 | 上级 | 直属上级 | 直接上级`,
	somebodyElse: `direct report | direct reports | subordinate | subordinates | team member | team members | candidate |
		candidates | applicant | applicants | client | clients | reviewer | reviewers | interviewer | interviewers |
		evaluator | trainer | successor | predecessor | wife | husband | mother | father | brother | sister | son |
		daughter | requested by | requester | initiated by | initiator | submitted by | approved by | reviewed by |
		processed by | signed by | Bewerber | Bewerberin | Nachfolger | Vorgänger | Kunde | Mutter | Vater | Ehefrau |
		Ehemann | candidat | client | successeur | prédécesseur | épouse | époux | candidato | candidata | cliente |
		sucesor | esposa | esposo | kandidaat | klant | opvolger | 応募者 | 部下 | 後任 | 前任 | 顧客 | 候选人 | 下属 |
		客户 | spouse | partner | domestic partner | dependent | dependents | dependant | dependants | beneficiary |
		beneficiaries | emergency | emergency contact | emergency contacts | contact | contacts | contact person |
		next of kin | relative | relatives | related person | related persons | family | child | children | parent |
		guardian | assistant | assistants | secretary | buddy | mentor | coach | sponsor | recruiter | referrer |
		referral | approver | delegate | deputy | backup | substitute | created by | creator | modified by | updated by |
		changed by | entered by | owner | author | hr | hr partner | hr business partner | hrbp | hr manager | hr contact |
		hr representative | people partner | project manager | hiring manager | matrix manager |
		dotted line manager | functional manager | skip level manager | second level manager | account manager |
		office manager | manager of manager | manager's manager | colleague | peer | customer | vendor |
		Ehepartner | Ehegatte | Notfall | Notfallkontakt | Ansprechpartner | Kontakt | Kontaktperson | Angehöriger |
		Angehörige | Kind | Kinder | Assistenz | Assistent | Assistentin | Sekretariat | Stellvertreter |
		Stellvertretung | Vertreter | Vertretung | Pate | Personalreferent | Personalbetreuer | Personaler |
		erstellt von | angelegt von | geändert von | conjoint | urgence | contact d'urgence | personne à contacter |
		enfant | enfants | assistante | suppléant | remplaçant | tuteur | parrain | référent RH | créé par | modifié par |
		cónyuge | contacto | emergencia | contacto de emergencia | familiar | hijo | hijos | asistente | suplente |
		tutor | creado por | modificado por | coniuge | contatto | emergenza | assistente | sostituto | creato da |
		cônjuge | contato | emergência | dependente | substituto | criado por | echtgenoot | contactpersoon | noodgeval |
		noodcontact | assistent | vervanger | aangemaakt door | 配偶者 | 緊急 | 緊急連絡先 | 連絡先 | 家族 | 扶養 |
		保証人 | 秘書 | 代理 | 人事担当 | 担当者 | 作成者 | 更新者 | 配偶 | 紧急 | 紧急联系人 | 联系人 | 家属 | 助理 |
		创建人`,
	private: `residence | residential | mailing | private | personal | home | personal data | alternate | alternative | secondary | other |
		proxy | alternativ | weitere | zweite | secondaire | autre | alternativo | secundario | otro | secondario | altro |
		alternativa | secundária | outro | tweede | alternatief | andere | その他 | 予備 | 其他 | 备用 | privat | persönlich | personnel | personnelle | privé | privée |
		perso | domicile | particular | privado | privada | casa | domicilio | personale | privato | pessoal | privé |
		persoonlijk | thuis | 個人 | 私用 | 自宅 | プライベート | 个人 | 私人 | 家庭`,
	otherTime: `at hire | upon hire | on hire | pending | until | requested | archived | obsolete | original | incoming |
		outgoing | upcoming | estimated | tentative | draft | historical | post employment | bei Eintritt |
		bei Einstellung | voraussichtlich | vorläufig | provisoire | estimé | estimado | stimato | former | previous | prior | old | past | planned | future | expected | next | new | proposed | target |
		historic | history | initial | ex | ehemalig | ehemalige | ehemaliger | frühere | früher | früherer | vorherige |
		vorheriger | vorherig | bisherige | bisheriger | alt | alte | alter | geplant | geplante | geplanter | künftig |
		künftige | zukünftig | zukünftige | neu | neue | neuer | ancien | ancienne | précédent | précédente | prévu |
		prévue | futur | future | nouveau | nouvelle | anterior | anteriores | previsto | prevista | futuro | futura |
		nuevo | nueva | planificado | precedente | nuovo | nuova | novo | nova | antigo | antiga | vorige | vroegere |
		gepland | geplande | toekomstig | nieuw | nieuwe | 旧 | 前 | 以前 | 予定 | 次期 | 新 | 原 | 计划 | 预计 | 曾`,
	birth: `citizenship | nationality | passport | tax | birth | born | of birth | Geburt | Geburts | Geburtsdatum | Geburtsort | Geburtsland | geburtstag |
		naissance | nacimiento | nascita | nascimento | geboorte | 出生 | 生年月日 | 誕生`,
};

/** Job titles never consist of these: a column that holds mostly them is one of salutations. */
export const SALUTATIONS: WordList = `Mr | Mrs | Ms | Miss | Mx | Dr | Prof | Prof Dr | Sir | Madam | Herr | Frau |
	Herr Dr | Frau Dr | M | Mme | Mlle | Monsieur | Madame | Sr | Sra | Srta | Señor | Señora | Don | Doña | Sig |
	Signor | Signora | Dott | Dottssa | Ing | Dhr | Mevr | Mw | 様 | さん | 先生 | 女士 | 小姐`;
