import type { SourceWords } from './sourceWords';

const words = (system: string, personNumber: string, managerNumber: string): SourceWords => ({
	system,
	certainty: 'common',
	note: 'names of the columns by which exports tell people and their managers apart',
	words: { personNumber, managerNumber },
});

/**
 * What HR systems and languages besides English call employee numbers. A name such as `Personalnummer Vorgesetzter` needs no line: it
 * names the manager, and for the rest a number.
 */
export const EMPLOYEE_NUMBERS: readonly SourceWords[] = [
	words('Workday', 'Employee_ID | Worker_ID', "Manager_ID | Manager_Employee_ID | Worker's_Manager"),
	words('SuccessFactors', 'userId | personIdExternal | empId', 'managerId | manager/userId'),
	words('SAP HCM', 'PERNR', 'MANAGER_PERNR | CHIEF_PERNR'),
	words('Oracle HCM', 'PersonNumber', 'ManagerPersonNumber | LineManagerPersonNumber'),
	words('ADP', 'Associate ID | File Number', 'Reports To Associate ID | Reports To File Number'),
	words('BambooHR', 'employeeNumber', 'supervisorEId'),
	words('UKG', 'employeeNumber', 'supervisorEmployeeNumber'),
	words(
		'German',
		'Personalnummer | Personal-Nr. | Pers.-Nr. | PersNr | Mitarbeiternummer | Mitarbeiter-ID | Mitarbeiter-Nr.',
		`Vorgesetzter | Vorgesetzte | Führungskraft | Direkter Vorgesetzter | Vorgesetzten-Nr. | Vorgesetzten-ID |
			Vorgesetztennummer`,
	),
	words(
		'French',
		'Matricule | Numéro de salarié | Numéro employé',
		'Responsable | Supérieur hiérarchique | Responsable hiérarchique | N+1',
	),
	words('Spanish', 'Número de empleado | Legajo | ID de empleado', 'Jefe | Jefe directo | Supervisor'),
	words('Italian', 'Matricola | Numero dipendente', 'Responsabile | Responsabile diretto'),
	words('Portuguese', 'Matrícula | Número do funcionário', 'Gestor | Gestor direto | Superior imediato'),
	words('Dutch', 'Personeelsnummer | Medewerkernummer', 'Leidinggevende | Direct leidinggevende'),
	words('Japanese', '社員番号 | 従業員番号 | 社員ID', '上司 | 上長 | 直属の上司 | マネージャー'),
	words('Chinese', '员工编号 | 工号 | 员工号', '经理 | 上级 | 主管 | 直属上级 | 直接上级'),
];
