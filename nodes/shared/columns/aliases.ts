import { normalizeColumnName } from './normalizeColumnName';

/** Where an alias comes from. */
export type AliasSystem =
	| 'Workday'
	| 'SuccessFactors'
	| 'SAP HCM'
	| 'ADP'
	| 'BambooHR'
	| 'Personio'
	| 'UKG'
	| 'Microsoft Entra'
	| 'Viva Insights'
	| 'Organizational Data'
	| 'Purview'
	| 'English'
	| 'German'
	| 'French'
	| 'Spanish'
	| 'Japanese';

/**
 * How sure we are that a system uses a name: `documented`: the vendor's or Microsoft's reference names the field;
 * `common`: a label that exports commonly carry, not checked against a vendor's text;
 * `inferred`: a plain word that such a column may have.
 */
export type AliasCertainty = 'documented' | 'common' | 'inferred';

/** A name of a source column that usually means one of a destination's attributes. */
export interface Alias {
	/** the name as the system writes it */
	name: string;
	/** the name folded by `normalizeColumnName`, by which it is looked up */
	folded: string;
	/** the destination's attribute */
	attribute: string;
	system: AliasSystem;
	/** 1: says the same · 2: usual substitute · 3: last resort */
	preference: 1 | 2 | 3;
	/** the name alone says too little: it counts only where the values are e-mail addresses */
	onlyEmails: boolean;
	certainty: AliasCertainty;
	/** where the name is known from */
	note: string;
}

/** What our destinations are called in this table. */
export type AliasDestination = 'vivaHr' | 'organizationalData' | 'purview';

/** Things that HR systems tell of a person, and what each destination calls them. Sources: A10, B4, C5. */
const ATTRIBUTES = {
	personEmail: {
		vivaHr: 'PersonId',
		organizationalData: 'Microsoft_PersonEmail',
		purview: 'UserPrincipalName',
	},
	signInName: {
		vivaHr: 'PersonId',
		organizationalData: 'Microsoft_PersonEmail',
		purview: 'UserPrincipalName',
	},
	managerEmail: { vivaHr: 'ManagerId', organizationalData: 'Microsoft_ManagerEmail' },
	organization: {
		vivaHr: 'Organization',
		organizationalData: 'Microsoft_Organization',
		purview: 'EmployeeDepartment',
	},
	effectiveDate: { vivaHr: 'EffectiveDate', purview: 'EffectiveDate' },
	eventDate: { purview: 'EffectiveDate' },
	level: { vivaHr: 'LevelDesignation', organizationalData: 'Microsoft_LevelDesignation' },
	jobFunction: { vivaHr: 'FunctionType', organizationalData: 'Microsoft_JobDiscipline' },
	hireDate: { vivaHr: 'HireDate', organizationalData: 'Microsoft_HireDate' },
	hourlyRate: { vivaHr: 'HourlyRate', organizationalData: 'Microsoft_HourlyRate' },
	layer: { vivaHr: 'Layer', organizationalData: 'Microsoft_Layer' },
	supervisorIndicator: { vivaHr: 'SupervisorIndicator', organizationalData: 'Microsoft_SupervisorIndicator' },
	onsiteDays: { vivaHr: 'WeeklyBadgeOnsiteDays' },
	location: { vivaHr: 'Location', organizationalData: 'Microsoft_CompanyOfficeLocation' },
	country: {
		vivaHr: 'CountryOrRegion',
		organizationalData: 'Microsoft_CompanyOfficeCountryOrRegion',
		purview: 'EmployeeCountry',
	},
	firstName: { organizationalData: 'Microsoft_FirstName', purview: 'EmployeeFirstName' },
	lastName: { organizationalData: 'Microsoft_LastName', purview: 'EmployeeLastName' },
	displayName: { organizationalData: 'Microsoft_DisplayName' },
	jobTitle: { organizationalData: 'Microsoft_JobTitle', purview: 'EmployeeRole' },
	secondaryJobTitle: { organizationalData: 'Microsoft_SecondaryJobTitle' },
	officeStreet: { organizationalData: 'Microsoft_CompanyOfficeStreet' },
	officeCity: { organizationalData: 'Microsoft_CompanyOfficeCity' },
	officeState: { organizationalData: 'Microsoft_CompanyOfficeState' },
	officePostalCode: { organizationalData: 'Microsoft_CompanyOfficePostalCode' },
	officePostBox: { organizationalData: 'Microsoft_CompanyOfficePostOfficeBox' },
	company: { organizationalData: 'Microsoft_Company' },
	companyCode: { organizationalData: 'Microsoft_CompanyCode' },
	skills: { organizationalData: 'Microsoft_UserSkillNames' },
	employmentStatus: { organizationalData: 'Microsoft_GlintEmploymentStatus' },
	dottedLineManagers: { organizationalData: 'Microsoft_DotLineManagersEmailAndLabel' },
	assistants: { organizationalData: 'Microsoft_AssistantsEmail' },
	resignationDate: { purview: 'ResignationDate' },
	lastWorkingDate: { purview: 'LastWorkingDate' },
	remarks: { purview: 'Remarks' },
	rating: { purview: 'Rating' },
	oldLevel: { purview: 'OldLevel' },
	newLevel: { purview: 'NewLevel' },
	newLevelFromLevel: { purview: 'NewLevel' },
	homeAddress1: { purview: 'EmployeeAddressLine1' },
	homeAddress2: { purview: 'EmployeeAddressLine2' },
	homeCity: { purview: 'EmployeeCity' },
	homeState: { purview: 'EmployeeState' },
	homeZip: { purview: 'EmployeeZipCode' },
	employeeType: { purview: 'EmployeeType' },
	scenario: { purview: 'HRScenario' },
} as const satisfies Record<string, Partial<Record<AliasDestination, string>>>;

type Meaning = keyof typeof ATTRIBUTES;

/** Names of one meaning that share system, preference and certainty. */
interface Names {
	means: Meaning;
	names: readonly string[];
	preference?: 1 | 2 | 3;
	onlyEmails?: boolean;
	certainty?: AliasCertainty;
}

/**
 * Where another column serves a destination better, a meaning counts one preference less: people are known to Viva by
 * their e-mail address (A10: primary SMTP address or alias) and to Purview by their user principal name (C5).
 */
const SECOND_BEST: Readonly<Record<AliasDestination, Meaning>> = {
	vivaHr: 'signInName',
	organizationalData: 'signInName',
	purview: 'personEmail',
};

/** The names that one system uses; `certainty` and `note` hold where a row says nothing else. */
interface NamesOfSystem {
	system: AliasSystem;
	certainty: AliasCertainty;
	/** of the names below, those that a reference of the vendor or of Microsoft lists; compared folded */
	documented?: readonly string[];
	note: string;
	rows: readonly Names[];
}

/** The attributes that hold who a row is about, and who that person's manager is. */
export const PERSON_ATTRIBUTES: readonly string[] = Object.values(ATTRIBUTES.personEmail);
export const MANAGER_ATTRIBUTES: readonly string[] = Object.values(ATTRIBUTES.managerEmail);

const NAMES: readonly NamesOfSystem[] = [
	{
		system: 'Viva Insights',
		certainty: 'documented',
		note: "the service's own attribute names, for data prepared for another destination (A10, B4)",
		rows: [
			{ means: 'personEmail', names: ['PersonId', 'Person ID'] },
			{ means: 'managerEmail', names: ['ManagerId', 'Manager ID'], onlyEmails: true },
			{ means: 'organization', names: ['Organization'] },
			{ means: 'level', names: ['LevelDesignation'] },
			{ means: 'jobFunction', names: ['FunctionType'] },
			{ means: 'hireDate', names: ['HireDate'] },
			{ means: 'hourlyRate', names: ['HourlyRate'] },
			{ means: 'layer', names: ['Layer'] },
			{ means: 'supervisorIndicator', names: ['SupervisorIndicator'] },
			{ means: 'onsiteDays', names: ['OnsiteDays'] },
			{ means: 'location', names: ['Location'] },
			{ means: 'country', names: ['CountryOrRegion'] },
		],
	},
	{
		system: 'Organizational Data',
		certainty: 'documented',
		note: "the service's own attribute names, for data prepared for another destination (B4)",
		rows: [
			{ means: 'personEmail', names: ['Microsoft_PersonEmail'] },
			{ means: 'managerEmail', names: ['Microsoft_ManagerEmail'] },
			{ means: 'organization', names: ['Microsoft_Organization'] },
			{ means: 'level', names: ['Microsoft_LevelDesignation'] },
			{ means: 'jobFunction', names: ['Microsoft_JobDiscipline'] },
			{ means: 'hireDate', names: ['Microsoft_HireDate'] },
			{ means: 'hourlyRate', names: ['Microsoft_HourlyRate'] },
			{ means: 'layer', names: ['Microsoft_Layer'] },
			{ means: 'supervisorIndicator', names: ['Microsoft_SupervisorIndicator'] },
			{ means: 'location', names: ['Microsoft_CompanyOfficeLocation'] },
			{ means: 'country', names: ['Microsoft_CompanyOfficeCountryOrRegion'] },
			{ means: 'firstName', names: ['Microsoft_FirstName'] },
			{ means: 'lastName', names: ['Microsoft_LastName'] },
		],
	},
	{
		system: 'Purview',
		certainty: 'documented',
		note: 'names in the tables and sample headers of the HR connector (C5, F20)',
		rows: [
			{ means: 'personEmail', names: ['EmailAddress'] },
			{ means: 'resignationDate', names: ['TerminationDate'], preference: 2 },
			{ means: 'remarks', names: ['ImprovementRemarks'] },
			{ means: 'rating', names: ['PerformanceRating'] },
			{ means: 'personEmail', names: ['UserName'], onlyEmails: true, preference: 2 },
			{ means: 'homeAddress1', names: ['EmployeeAddLine1'] },
			{ means: 'homeAddress2', names: ['EmployeeAddLine2'] },
			{ means: 'organization', names: ['EmployeeDept'] },
			{ means: 'scenario', names: ['HRScenario'] },
		],
	},
	{
		system: 'Workday',
		certainty: 'common',
		note: 'usual XML aliases of Workday report columns, set by each customer (E1)',
		rows: [
			{
				means: 'personEmail',
				names: [
					'Work_Email',
					'Primary_Work_Email',
					'Email_Primary_Work',
					'Email_-_Primary_Work',
					'Email_-_Work',
					'primaryWorkEmail',
					'Worker_Email',
					'Email_Address_Work',
				],
			},
			{
				means: 'personEmail',
				names: ['User_Name', 'Workday_Account', 'Workday_Username'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'personEmail',
				names: ['Employee_ID', 'Worker', 'Worker_ID'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'Manager_Work_Email',
					'Manager_Email',
					'Managers_Email',
					"Worker's_Manager_Email",
					'Manager_-_Level_01_Email',
					'Manager_Primary_Work_Email',
					'Email_of_Manager',
				],
			},
			{
				means: 'managerEmail',
				names: [
					'Manager',
					"Worker's_Manager",
					'Manager_Employee_ID',
					'Manager_ID',
					'Direct_Manager',
					'Manager_Reference',
				],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['Supervisory_Organization', 'Sup_Org', 'Supervisory_Org', 'Supervisory_Organization_Name'],
			},
			{ means: 'organization', names: ['Organization_Name', 'Primary_Organization'], preference: 2 },
			{
				means: 'organization',
				names: ['Cost_Center', 'Cost_Center_Name', 'Cost_Center_Hierarchy'],
				preference: 3,
			},
			{
				means: 'effectiveDate',
				names: ['Position_Effective_Date', 'Effective_as_of', 'As_Of_Date', 'Report_Effective_Date'],
			},
			{
				means: 'level',
				names: ['Management_Level', 'managementLevel', 'Job_Level', 'Compensation_Grade'],
				preference: 2,
			},
			{ means: 'jobFunction', names: ['Job_Family', 'Job_Family_Name', 'jobFamily'] },
			{ means: 'jobFunction', names: ['Job_Family_Group', 'Job_Category'], preference: 2 },
			{ means: 'jobFunction', names: ['Job_Profile', 'Job_Profile_Name'], preference: 3 },
			{ means: 'hireDate', names: ['Hire_Date', 'Latest_Hire_Date', 'Most_Recent_Hire_Date'] },
			{ means: 'hireDate', names: ['Original_Hire_Date', 'Continuous_Service_Date'], preference: 3 },
			{ means: 'hourlyRate', names: ['Hourly_Rate', 'Base_Pay_Hourly', 'Total_Base_Pay_Hourly'] },
			{
				means: 'supervisorIndicator',
				names: ['Is_Manager', 'Is_People_Manager', 'People_Manager'],
				preference: 2,
			},
			{
				means: 'location',
				names: ['Location_Name', 'Work_Location', 'Primary_Location', 'Business_Site', 'Work_Site'],
			},
			{
				means: 'country',
				names: ['Location_Country', 'Work_Country', 'Country_of_Work_Location', 'Work_Address_Country'],
			},
			{ means: 'country', names: ['Country'], preference: 2 },
			{
				means: 'firstName',
				names: ['Legal_First_Name', 'Preferred_First_Name', 'Legal_Name_First_Name'],
				preference: 2,
			},
			{
				means: 'lastName',
				names: ['Legal_Last_Name', 'Preferred_Last_Name', 'Legal_Name_Last_Name'],
				preference: 2,
			},
			{
				means: 'displayName',
				names: ['Display_Name', 'Preferred_Name', 'Full_Name', 'Worker_Name', 'Legal_Name'],
				preference: 2,
			},
			{ means: 'jobTitle', names: ['Business_Title', 'businessTitle'] },
			{ means: 'jobTitle', names: ['Position_Title', 'Job_Profile_Name'], preference: 2 },
			{ means: 'company', names: ['Company_Name'], preference: 1 },
			{ means: 'resignationDate', names: ['Resignation_Date', 'Date_of_Resignation', 'Notice_Date'] },
			{ means: 'resignationDate', names: ['Termination_Date'], preference: 3 },
			{ means: 'lastWorkingDate', names: ['Last_Day_of_Work', 'Termination_Last_Day_of_Work'] },
			{ means: 'lastWorkingDate', names: ['Termination_Date', 'Termination_Effective_Date'], preference: 2 },
			{ means: 'employeeType', names: ['Worker_Type', 'Worker_Sub-Type', 'Employee_Type'] },
			{ means: 'employmentStatus', names: ['Worker_Status'], preference: 2 },
		],
	},
	{
		system: 'SuccessFactors',
		certainty: 'common',
		documented: [
			'email',
			'username',
			'userId',
			'managerId',
			'department',
			'division',
			'businessUnit',
			'company',
			'jobCode',
			'jobFamily',
			'payGrade',
			'countryOfCompany',
			'country',
			'jobTitle',
			'hireDate',
			'location',
			'LocationName',
			'officeLocationCity',
			'officeLocationAddress',
			'officeLocationZipCode',
			'firstDateWorked',
			'lastDateWorked',
			'latestTerminationDate',
			'firstName',
			'lastName',
			'displayName',
			'addressLine1',
			'addressLine2',
			'zipCode',
			'EmpJob.startDate',
		],
		note: "properties of the OData entities; the documented ones stand in Microsoft's attribute reference for SuccessFactors",
		rows: [
			{ means: 'personEmail', names: ['email', 'EmailNav.emailAddress', 'emailNav/results[0]/emailAddress'] },
			{ means: 'personEmail', names: ['username', 'userId'], preference: 2, onlyEmails: true },
			{
				means: 'managerEmail',
				names: ['manager/email', 'managerEmail', 'managerUserNav/email', 'manager.email'],
			},
			{
				means: 'managerEmail',
				names: ['manager', 'managerId', 'manager/userId'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['department', 'departmentNav/name', 'departmentNav/name_localized'],
				preference: 1,
			},
			{
				means: 'organization',
				names: ['division', 'divisionNav/name', 'businessUnit', 'businessUnitNav/name'],
				preference: 2,
			},
			{ means: 'effectiveDate', names: ['EmpJob.startDate', 'eventDate'], preference: 2 },
			{ means: 'level', names: ['jobLevel', 'payGrade', 'payGradeNav/name'], preference: 2 },
			{ means: 'jobFunction', names: ['jobFamily', 'jobCodeNav/jobFunction'] },
			{ means: 'jobFunction', names: ['jobCode', 'jobCodeNav/name'], preference: 3 },
			{ means: 'hireDate', names: ['hireDate', 'lastHireDate'] },
			{ means: 'hireDate', names: ['originalStartDate', 'firstDateWorked'], preference: 3 },
			{ means: 'location', names: ['location', 'locationNav/name', 'LocationName'] },
			{ means: 'officeCity', names: ['officeLocationCity'] },
			{ means: 'officeStreet', names: ['officeLocationAddress'] },
			{ means: 'officePostalCode', names: ['officeLocationZipCode'] },
			{ means: 'homeAddress1', names: ['addressLine1'], preference: 2 },
			{ means: 'homeAddress2', names: ['addressLine2'], preference: 2 },
			{ means: 'country', names: ['countryOfCompany', 'country'], preference: 2 },
			{ means: 'firstName', names: ['firstName'] },
			{ means: 'lastName', names: ['lastName'] },
			{ means: 'displayName', names: ['displayName', 'defaultFullName'], preference: 1 },
			{ means: 'jobTitle', names: ['title', 'jobTitle'] },
			{ means: 'company', names: ['company', 'companyNav/name'] },
			{ means: 'lastWorkingDate', names: ['lastDateWorked'] },
			{
				means: 'lastWorkingDate',
				names: ['latestTerminationDate', 'companyExitDate'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'employeeType', names: ['employeeType', 'employeeClass', 'employmentType'] },
			{ means: 'homeZip', names: ['zipCode'], preference: 2 },
		],
	},
	{
		system: 'SAP HCM',
		certainty: 'common',
		documented: ['USRID_LONG', 'USRID', 'PERNR', 'BEGDA', 'STRAS', 'PSTLZ', 'ORT01', 'LAND1'],
		note: 'field names of the infotype tables; those of PA0105 and PA0006 are documented, texts beside keys are usual names',
		rows: [
			{ means: 'personEmail', names: ['USRID_LONG', 'PA0105-USRID_LONG', 'SMTP_ADDR'] },
			{ means: 'personEmail', names: ['USRID', 'PERNR'], preference: 3, onlyEmails: true },
			{
				means: 'managerEmail',
				names: ['MANAGER_USRID_LONG', 'CHIEF_USRID_LONG', 'MGR_EMAIL', 'MSTBR_EMAIL'],
				certainty: 'inferred',
			},
			{
				means: 'managerEmail',
				names: ['MSTBR', 'MANAGER_PERNR'],
				preference: 3,
				onlyEmails: true,
				certainty: 'inferred',
			},
			{ means: 'organization', names: ['ORGTX', 'ORGEH_TXT', 'Organizational Unit', 'Org. Unit Text'] },
			{ means: 'organization', names: ['ORGEH', 'Organizational unit ID'], preference: 2 },
			{ means: 'organization', names: ['KOSTL'], preference: 3 },
			{ means: 'effectiveDate', names: ['BEGDA', 'PA0001-BEGDA'] },
			{ means: 'level', names: ['TRFGR', 'Pay Scale Group'], preference: 2 },
			{ means: 'level', names: ['PERSK', 'Employee Subgroup'], preference: 3 },
			{ means: 'jobFunction', names: ['STLTX', 'STELL_TXT'], preference: 2, certainty: 'common' },
			{ means: 'jobFunction', names: ['STELL'], preference: 3 },
			{ means: 'hireDate', names: ['EINTRITT', 'HIRE_DATE', 'Entry Date', 'EINDT'], certainty: 'common' },
			{
				means: 'location',
				names: ['BTRTL_TXT', 'BTEXT', 'Personnel Subarea Text'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'location', names: ['WERKS', 'Personnel Area', 'BTRTL', 'Personnel Subarea'], preference: 3 },
			{ means: 'country', names: ['LAND1', 'MOLGA'], preference: 3 },
			{ means: 'firstName', names: ['VORNA'] },
			{ means: 'lastName', names: ['NACHN'] },
			{ means: 'displayName', names: ['ENAME', 'SNAME'] },
			{ means: 'jobTitle', names: ['PLSTX', 'PLANS_TXT'], certainty: 'common' },
			{ means: 'companyCode', names: ['BUKRS', 'Company Code'] },
			{ means: 'lastWorkingDate', names: ['AUSTRITT', 'Leaving Date'], preference: 2, certainty: 'common' },
			{ means: 'employeeType', names: ['PERSG', 'Employee Group'], preference: 2 },
			{ means: 'homeAddress1', names: ['STRAS'] },
			{ means: 'homeZip', names: ['PSTLZ'] },
			{ means: 'homeCity', names: ['ORT01'] },
		],
	},
	{
		system: 'ADP',
		certainty: 'common',
		note: 'usual column labels of ADP Workforce Now reports',
		rows: [
			{
				means: 'personEmail',
				names: ['Work Contact: Work Email', 'Work Contact - Work Email', 'Work E-mail'],
			},
			{
				means: 'personEmail',
				names: ['Associate ID', 'Position ID', 'File Number'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'Reports To Email',
					'Reports To: Work Email',
					'Reports To Work Email',
					'Supervisor Work Email',
				],
			},
			{
				means: 'managerEmail',
				names: ['Reports To', 'Reports To Name', 'Reports To Associate ID', 'Reports To Legal Name'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['Home Department Description', 'Home Department', 'Department Description'],
			},
			{ means: 'organization', names: ['Business Unit Description', 'Business Unit'], preference: 2 },
			{
				means: 'organization',
				names: ['Home Cost Number Description', 'Home Department Code'],
				preference: 3,
			},
			{
				means: 'effectiveDate',
				names: ['Position Effective Date', 'Job Effective Date', 'Change Effective On'],
			},
			{
				means: 'level',
				names: ['Pay Grade Description', 'Pay Grade', 'Pay Grade Code', 'Job Level Description'],
				preference: 2,
			},
			{
				means: 'jobFunction',
				names: ['Job Function Description', 'Job Function', 'Job Class Description'],
				preference: 2,
			},
			{ means: 'hireDate', names: ['Hire Date', 'Rehire Date'], preference: 1 },
			{ means: 'hireDate', names: ['Hire/Rehire Date'], preference: 1 },
			{ means: 'hourlyRate', names: ['Hourly Rate', 'Regular Pay Rate (Hourly)', 'Hourly Rate Amount'] },
			{ means: 'location', names: ['Location Description', 'Work Location Description'] },
			{ means: 'location', names: ['Location Code'], preference: 3 },
			{ means: 'country', names: ['Location Country', 'Work Address: Country'] },
			{ means: 'firstName', names: ['Legal First Name', 'Payroll First Name'], preference: 2 },
			{ means: 'lastName', names: ['Legal Last Name', 'Payroll Last Name'], preference: 2 },
			{ means: 'jobTitle', names: ['Job Title Description'] },
			{ means: 'resignationDate', names: ['Resignation Date', 'Notice Given Date'] },
			{ means: 'lastWorkingDate', names: ['Last Day Worked', 'Last Worked Date'] },
			{ means: 'lastWorkingDate', names: ['Termination Date'], preference: 2 },
			{ means: 'employeeType', names: ['Worker Category Description', 'Worker Category'], preference: 2 },
			{
				means: 'homeAddress1',
				names: ['Legal / Preferred Address: Address Line 1', 'Primary Address: Address Line 1'],
			},
			{
				means: 'homeAddress2',
				names: ['Legal / Preferred Address: Address Line 2', 'Primary Address: Address Line 2'],
			},
			{ means: 'homeCity', names: ['Legal / Preferred Address: City', 'Primary Address: City'] },
			{
				means: 'homeState',
				names: [
					'Legal / Preferred Address: State / Territory Code',
					'Primary Address: State / Territory Code',
				],
			},
			{
				means: 'homeZip',
				names: ['Legal / Preferred Address: Zip / Postal Code', 'Primary Address: Zip / Postal Code'],
			},
		],
	},
	{
		system: 'BambooHR',
		certainty: 'common',
		documented: [
			'workEmail',
			'employeeNumber',
			'department',
			'division',
			'hireDate',
			'originalHireDate',
			'payRate',
			'location',
			'firstName',
			'lastName',
			'displayName',
			'fullName1',
			'jobTitle',
			'employmentHistoryStatus',
			'supervisor',
			'supervisorId',
			'supervisorEId',
			'address1',
			'address2',
		],
		note: 'field names of the BambooHR API, and the labels that its reports usually carry',
		rows: [
			{ means: 'personEmail', names: ['workEmail', 'Work Email'] },
			{
				means: 'personEmail',
				names: ['employeeNumber', 'Employee #', 'EEID'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: ['supervisorEmail', 'Supervisor Email', 'Reporting to Email'],
				certainty: 'common',
			},
			{
				means: 'managerEmail',
				names: ['supervisor', 'supervisorId', 'supervisorEId', 'Reporting to', 'Reports to'],
				preference: 2,
				onlyEmails: true,
			},
			{ means: 'organization', names: ['department'] },
			{ means: 'organization', names: ['division'], preference: 2 },
			{
				means: 'effectiveDate',
				names: ['Job Information: Date', 'jobInformationDate'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'hireDate', names: ['hireDate', 'Hire Date'] },
			{ means: 'hireDate', names: ['originalHireDate', 'Original Hire Date'], preference: 3 },
			{ means: 'hourlyRate', names: ['payRate', 'Pay rate'], preference: 3 },
			{ means: 'location', names: ['location', 'Job Information: Location'] },
			{ means: 'firstName', names: ['firstName', 'First Name'] },
			{ means: 'lastName', names: ['lastName', 'Last Name'] },
			{ means: 'displayName', names: ['displayName', 'fullName1', 'Employee Name', 'Name'], preference: 2 },
			{ means: 'jobTitle', names: ['jobTitle', 'Job Title', 'Job Information: Job Title'] },
			{ means: 'lastWorkingDate', names: ['terminationDate', 'Termination Date'], preference: 2 },
			{ means: 'employeeType', names: ['employmentHistoryStatus', 'Employment Status'], preference: 2 },
			{ means: 'homeAddress1', names: ['address1', 'Address Line 1'], preference: 2 },
			{ means: 'homeAddress2', names: ['address2', 'Address Line 2'], preference: 2 },
			{ means: 'homeZip', names: ['zipcode', 'ZIP Code'], preference: 2 },
		],
	},
	{
		system: 'Personio',
		certainty: 'common',
		documented: [
			'attributes.email.value',
			'supervisor',
			'department',
			'office',
			'position',
			'hire_date',
			'termination_date',
			'contract_end_date',
			'employment_type',
			'subcompany',
			'first_name',
			'last_name',
		],
		note: 'attributes of the Personio employees API, and the labels that its lists usually carry',
		rows: [
			{ means: 'personEmail', names: ['attributes.email.value', 'Email'] },
			{
				means: 'managerEmail',
				names: [
					'supervisor.email',
					'attributes.supervisor.value.attributes.email.value',
					'supervisor_email',
					'Supervisor email',
				],
			},
			{ means: 'managerEmail', names: ['supervisor', 'Supervisor ID'], preference: 2, onlyEmails: true },
			{
				means: 'organization',
				names: ['department', 'department.name', 'attributes.department.value.attributes.name'],
			},
			{ means: 'organization', names: ['team', 'team.name', 'subcompany', 'subcompany.name'], preference: 3 },
			{ means: 'hireDate', names: ['hire_date', 'Hire date'] },
			{
				means: 'location',
				names: ['office', 'office.name', 'attributes.office.value.attributes.name'],
				preference: 2,
			},
			{ means: 'firstName', names: ['first_name', 'attributes.first_name.value'] },
			{ means: 'lastName', names: ['last_name', 'attributes.last_name.value'] },
			{ means: 'jobTitle', names: ['position'], preference: 2 },
			{
				means: 'resignationDate',
				names: ['terminated_at', 'Termination notice date', 'Notice received on'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'lastWorkingDate', names: ['last_working_day', 'Last working day', 'Last day of work'] },
			{ means: 'lastWorkingDate', names: ['termination_date', 'contract_end_date'], preference: 3 },
			{ means: 'employeeType', names: ['employment_type'], preference: 2 },
		],
	},
	{
		system: 'UKG',
		certainty: 'common',
		documented: [
			'emailAddress',
			'orgLevel1Code',
			'originalHireDate',
			'lastHireDate',
			'dateOfSeniority',
			'dateInJob',
			'dateLastWorked',
			'primaryWorkLocationCode',
			'jobDescription',
			'companyName',
			'companyCode',
			'employeeTypeCode',
			'supervisorID',
		],
		note: 'properties of the UKG Pro employment details, and the labels that its reports usually carry',
		rows: [
			{ means: 'personEmail', names: ['emailAddress', 'Email Address', 'primaryEmail'], preference: 1 },
			{
				means: 'managerEmail',
				names: [
					'supervisorEmail',
					'supervisorEmailAddress',
					'Supervisor E-mail Address',
					'Supervisor Primary Email',
				],
				certainty: 'common',
			},
			{
				means: 'managerEmail',
				names: ['supervisorID', 'supervisorName', 'supervisorEmployeeNumber'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['orgLevel1Description', 'Org Level 1', 'orgLevel1'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'organization', names: ['orgLevel1Code'], preference: 3 },
			{
				means: 'effectiveDate',
				names: ['jobEffectiveDate', 'Job Effective Date', 'dateInJob'],
				preference: 2,
			},
			{
				means: 'level',
				names: ['salaryGrade', 'Salary Grade', 'jobGrade'],
				preference: 3,
				certainty: 'common',
			},
			{
				means: 'jobFunction',
				names: ['jobFamilyDescription', 'jobGroupDescription', 'Job Group'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'hireDate', names: ['lastHireDate', 'Last Hire Date', 'Date of Last Hire'] },
			{
				means: 'hireDate',
				names: ['originalHireDate', 'Date of Original Hire', 'dateOfSeniority'],
				preference: 3,
			},
			{ means: 'hourlyRate', names: ['hourlyPayRate', 'Hourly Pay Rate'], certainty: 'common' },
			{ means: 'location', names: ['primaryWorkLocation', 'workLocationDescription', 'Work Location'] },
			{ means: 'location', names: ['primaryWorkLocationCode'], preference: 3 },
			{
				means: 'country',
				names: ['workCountry', 'Work Country', 'countryCode'],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'jobTitle', names: ['jobDescription', 'alternateJobTitle'], preference: 2 },
			{ means: 'company', names: ['companyName'] },
			{ means: 'companyCode', names: ['companyCode'] },
			{ means: 'lastWorkingDate', names: ['dateLastWorked', 'Date Last Worked'] },
			{ means: 'lastWorkingDate', names: ['dateOfTermination', 'Date of Termination'], preference: 2 },
			{ means: 'employeeType', names: ['employeeTypeCode', 'Employee Type'], preference: 2 },
		],
	},
	{
		system: 'Microsoft Entra',
		certainty: 'documented',
		note: 'properties of the user resource of Microsoft Graph, and the labels of user exports',
		rows: [
			{ means: 'personEmail', names: ['mail'] },
			{ means: 'signInName', names: ['userPrincipalName', 'User principal name', 'UPN'] },
			{ means: 'managerEmail', names: ['manager.mail', 'manager/mail'], certainty: 'common' },
			{
				means: 'managerEmail',
				names: [
					'manager.userPrincipalName',
					'manager/userPrincipalName',
					'managerUserPrincipalName',
					'Manager UPN',
				],
				preference: 2,
				certainty: 'common',
			},
			{ means: 'organization', names: ['department'] },
			{
				means: 'organization',
				names: ['employeeOrgData.division', 'employeeOrgData.costCenter'],
				preference: 3,
			},
			{ means: 'hireDate', names: ['employeeHireDate'] },
			{ means: 'location', names: ['officeLocation', 'Office location'] },
			{ means: 'location', names: ['physicalDeliveryOfficeName'], certainty: 'common' },
			{ means: 'country', names: ['usageLocation', 'Usage location'], preference: 3 },
			{ means: 'firstName', names: ['givenName', 'Given name'] },
			{ means: 'lastName', names: ['surname'] },
			{ means: 'displayName', names: ['displayName', 'Display name'] },
			{ means: 'jobTitle', names: ['jobTitle'] },
			{ means: 'officeStreet', names: ['streetAddress'], preference: 2 },
			{ means: 'officeCity', names: ['city'], preference: 2 },
			{ means: 'officeState', names: ['state'], preference: 2 },
			{ means: 'officePostalCode', names: ['postalCode'], preference: 2 },
			{ means: 'company', names: ['companyName'] },
			{ means: 'skills', names: ['skills'] },
			{ means: 'lastWorkingDate', names: ['employeeLeaveDateTime'] },
			{ means: 'employeeType', names: ['employeeType'] },
		],
	},
	{
		system: 'English',
		certainty: 'inferred',
		note: 'plain words that such columns carry in spreadsheets and databases',
		rows: [
			{
				means: 'personEmail',
				names: [
					'Work E-Mail Address',
					'Work Email Address',
					'Business Email',
					'Business Email Address',
					'Company Email',
					'Corporate Email',
					'Office Email',
					'SMTP Address',
					'Primary SMTP Address',
					'Person Email',
				],
			},
			{
				means: 'personEmail',
				names: ['E-Mail', 'Mail Address', 'Employee Email Address', 'User Email', 'Worker Email Address'],
			},
			{
				means: 'personEmail',
				names: ['Employee', 'Person', 'Login', 'Login Name', 'User ID'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'Manager Email Address',
					'Supervisor Email Address',
					'Line Manager Email',
					'Direct Manager Email',
					'Boss Email',
					'Manager Mail',
					'Reporting Manager Email',
					'Managers Work Email',
					'Mgr Email',
					'Manager Email ID',
					'Supervisor Mail',
				],
			},
			{
				means: 'managerEmail',
				names: [
					'Line Manager',
					'Reporting Manager',
					'Boss',
					'Supervisor Name',
					'Manager Name',
					'Mgr',
					'Reports To Person',
				],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: [
					'Organisation',
					'Org',
					'Organization Unit',
					'Org Unit',
					'Org Unit Name',
					'Organisation Name',
					'Department Name',
					'Dept',
					'Dept Name',
				],
			},
			{
				means: 'organization',
				names: ['Division Name', 'Business Unit Name', 'Area', 'Group'],
				preference: 3,
			},
			{
				means: 'effectiveDate',
				names: [
					'Effective Date',
					'Date Effective',
					'Valid From',
					'Valid As Of',
					'Effective From',
					'Snapshot Date',
					'As Of',
					'Report Date',
				],
			},
			{
				means: 'eventDate',
				names: [
					'Review Date',
					'Promotion Date',
					'Change Date',
					'Date of Change',
					'Plan Start Date',
					'Rating Date',
				],
				preference: 2,
			},
			{
				means: 'level',
				names: ['Level', 'Grade', 'Job Grade', 'Career Level', 'Seniority Level', 'Employee Level', 'Band'],
				preference: 2,
			},
			{
				means: 'jobFunction',
				names: ['Function', 'Functional Area', 'Job Discipline', 'Discipline'],
				preference: 1,
			},
			{
				means: 'hireDate',
				names: [
					'Date of Hire',
					'Date Hired',
					'Hired On',
					'Joining Date',
					'Date of Joining',
					'Join Date',
					'Employment Start Date',
					'Date of Entry',
				],
			},
			{ means: 'hireDate', names: ['Start Date', 'Seniority Date', 'First Day'], preference: 2 },
			{ means: 'hourlyRate', names: ['Hourly Wage', 'Rate per Hour', 'Hourly Cost'] },
			{
				means: 'layer',
				names: ['Org Layer', 'Hierarchy Level', 'Layers from CEO', 'Levels from CEO', 'Distance from CEO'],
			},
			{
				means: 'supervisorIndicator',
				names: ['Supervisor Flag', 'Manager Indicator', 'Manager Flag', 'IC or Manager', 'IC/Mngr'],
			},
			{
				means: 'onsiteDays',
				names: [
					'Weekly Onsite Days',
					'Onsite Days per Week',
					'Days in Office',
					'Office Days per Week',
					'Badge Days',
				],
			},
			{
				means: 'location',
				names: ['Office Name', 'Site', 'Site Name', 'Workplace', 'Place of Work', 'Work Place'],
				preference: 2,
			},
			{
				means: 'country',
				names: ['Country/Region', 'Country Name', 'Region', 'Country Code', 'Work Region'],
				preference: 2,
			},
			{ means: 'firstName', names: ['Forename'] },
			{ means: 'lastName', names: ['Family Name'] },
			{ means: 'displayName', names: ['Full Name', 'Complete Name'], preference: 2 },
			{ means: 'jobTitle', names: ['Title Name', 'Role', 'Job Name'], preference: 3 },
			{ means: 'secondaryJobTitle', names: ['Secondary Job Title', 'Second Job Title'] },
			{
				means: 'officeStreet',
				names: [
					'Office Street',
					'Work Street',
					'Office Address',
					'Work Address',
					'Work Address Line 1',
					'Office Address Line 1',
				],
			},
			{ means: 'officeCity', names: ['Office City', 'Work City', 'Location City'] },
			{ means: 'officeState', names: ['Office State', 'Work State', 'Location State'] },
			{
				means: 'officePostalCode',
				names: ['Office Postal Code', 'Work Postal Code', 'Office Zip', 'Work Zip', 'Location Postal Code'],
			},
			{ means: 'officePostBox', names: ['PO Box', 'Post Office Box', 'Office PO Box'] },
			{ means: 'company', names: ['Legal Entity', 'Employer'], preference: 2 },
			{ means: 'companyCode', names: ['Legal Entity Code'], preference: 2 },
			{ means: 'skills', names: ['Skill Names', 'User Skills'], preference: 1 },
			{ means: 'employmentStatus', names: ['Employment Status', 'Employee Status', 'Status'], preference: 3 },
			{
				means: 'dottedLineManagers',
				names: ['Dotted Line Manager', 'Dotted Line Managers', 'Matrix Manager'],
				preference: 1,
			},
			{ means: 'assistants', names: ['Assistant Email', 'Assistants Email', 'Assistant'], preference: 2 },
			{
				means: 'resignationDate',
				names: [
					'Date of Resignation',
					'Resigned On',
					'Date of Notice',
					'Resignation Submitted On',
					'Resignation',
				],
			},
			{
				means: 'lastWorkingDate',
				names: [
					'Last Working Day',
					'Last Day',
					'Final Working Day',
					'Last Date of Work',
					'Last Day in Office',
				],
			},
			{
				means: 'lastWorkingDate',
				names: [
					'Leave Date',
					'Exit Date',
					'Separation Date',
					'Employment End Date',
					'Date of Leaving',
					'Termination Effective',
				],
				preference: 2,
			},
			{
				means: 'remarks',
				names: ['Remark', 'Comment', 'Comments', 'Notes', 'Review Comments'],
				preference: 2,
			},
			{
				means: 'rating',
				names: ['Performance Score', 'Review Rating', 'Overall Rating', 'Score'],
				preference: 2,
			},
			{
				means: 'oldLevel',
				names: ['Previous Level', 'Prior Level', 'Old Grade', 'Level Before', 'From Level', 'Previous Grade'],
			},
			{
				means: 'newLevel',
				names: ['Current Level', 'Level After', 'To Level', 'New Grade', 'Proposed Level'],
			},
			{ means: 'newLevelFromLevel', names: ['Level', 'Job Level', 'Grade'], preference: 3 },
			{
				means: 'homeAddress1',
				names: ['Home Address', 'Home Street', 'Home Address Line 1', 'Street Address', 'Address', 'Street'],
				preference: 2,
			},
			{ means: 'homeAddress2', names: ['Home Address Line 2'], preference: 2 },
			{ means: 'homeCity', names: ['Home City', 'City'], preference: 2 },
			{ means: 'homeState', names: ['Home State', 'State', 'Province'], preference: 2 },
			{
				means: 'homeZip',
				names: ['Home Zip', 'Home Zip Code', 'Zip', 'Postal Code', 'Postcode', 'Post Code'],
				preference: 2,
			},
			{ means: 'scenario', names: ['Scenario', 'HR Scenario', 'HR Event', 'Event Type'], preference: 2 },
		],
	},
	{
		system: 'German',
		certainty: 'inferred',
		note: 'German words that such columns carry; umlauts also written out',
		rows: [
			{
				means: 'personEmail',
				names: [
					'Geschäftliche E-Mail',
					'Dienstliche E-Mail',
					'E-Mail-Adresse',
					'E-Mail geschäftlich',
					'Firmen-E-Mail',
					'E-Mail dienstlich',
					'Mailadresse',
					'E-Mail-Adresse (geschäftlich)',
					'Mitarbeiter-E-Mail',
				],
			},
			{
				means: 'personEmail',
				names: ['Benutzername', 'Personalnummer', 'Mitarbeiter', 'Mitarbeiter-ID'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'E-Mail des Vorgesetzten',
					'E-Mail Vorgesetzter',
					'Vorgesetzter E-Mail',
					'Vorgesetzte(r) E-Mail',
					'Vorgesetzter (E-Mail)',
					'Führungskraft E-Mail',
					'E-Mail der Führungskraft',
					'E-Mail Führungskraft',
					'Manager E-Mail',
				],
			},
			{
				means: 'managerEmail',
				names: ['Vorgesetzter', 'Vorgesetzte', 'Vorgesetzte/r', 'Führungskraft', 'Teamleiter'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['Organisationseinheit', 'OrgEinheit', 'Abteilung', 'Org.-Einheit', 'Abteilungsname'],
			},
			{ means: 'organization', names: ['Bereich', 'Geschäftsbereich', 'Kostenstelle'], preference: 3 },
			{
				means: 'effectiveDate',
				names: ['Gültig ab', 'Wirksam ab', 'Stichtag', 'Gültig seit', 'Beginndatum'],
			},
			{
				means: 'level',
				names: ['Karrierestufe', 'Ebene', 'Entgeltgruppe', 'Tarifgruppe', 'Stufe'],
				preference: 2,
			},
			{ means: 'jobFunction', names: ['Funktion', 'Berufsgruppe', 'Jobfamilie', 'Stellenart'] },
			{
				means: 'hireDate',
				names: ['Eintrittsdatum', 'Einstellungsdatum', 'Eintritt am', 'Eintritt', 'Anstellungsdatum'],
			},
			{ means: 'hourlyRate', names: ['Stundensatz', 'Stundenlohn'] },
			{ means: 'layer', names: ['Hierarchieebene', 'Hierarchiestufe'] },
			{
				means: 'supervisorIndicator',
				names: ['Führungsverantwortung', 'Führungskraft ja/nein'],
				preference: 2,
			},
			{ means: 'location', names: ['Standort', 'Arbeitsort', 'Dienstort', 'Büro', 'Niederlassung'] },
			{ means: 'country', names: ['Land', 'Land/Region', 'Länderschlüssel'] },
			{ means: 'firstName', names: ['Vorname'] },
			{ means: 'lastName', names: ['Nachname', 'Familienname'] },
			{ means: 'displayName', names: ['Anzeigename', 'Vollständiger Name'] },
			{
				means: 'jobTitle',
				names: [
					'Stellenbezeichnung',
					'Berufsbezeichnung',
					'Jobtitel',
					'Position (Bezeichnung)',
					'Planstelle',
				],
				preference: 2,
			},
			{ means: 'company', names: ['Firma', 'Gesellschaft', 'Unternehmen'] },
			{ means: 'companyCode', names: ['Buchungskreis'] },
			{
				means: 'resignationDate',
				names: ['Kündigungsdatum', 'Kündigung am', 'Datum der Kündigung', 'Kündigung eingegangen am'],
			},
			{ means: 'lastWorkingDate', names: ['Letzter Arbeitstag', 'Letzter Tag'] },
			{ means: 'lastWorkingDate', names: ['Austrittsdatum', 'Austritt am', 'Vertragsende'], preference: 2 },
			{ means: 'remarks', names: ['Bemerkung', 'Bemerkungen', 'Kommentar'] },
			{ means: 'rating', names: ['Bewertung', 'Beurteilung'] },
			{ means: 'homeAddress1', names: ['Straße', 'Straße und Hausnummer', 'Anschrift'], preference: 2 },
			{ means: 'homeZip', names: ['PLZ', 'Postleitzahl'], preference: 2 },
			{ means: 'homeCity', names: ['Ort', 'Wohnort'], preference: 2 },
		],
	},
	{
		system: 'French',
		certainty: 'inferred',
		note: 'French words that such columns carry',
		rows: [
			{
				means: 'personEmail',
				names: [
					'E-mail professionnel',
					'Courriel',
					'Adresse e-mail',
					'Adresse électronique',
					'Courriel professionnel',
					'Adresse e-mail professionnelle',
					'Mail professionnel',
					'Adresse mail',
					'Email pro',
				],
			},
			{
				means: 'personEmail',
				names: ['Matricule', 'Identifiant', 'Salarié', 'Collaborateur'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'E-mail du manager',
					'E-mail du responsable',
					'Courriel du responsable',
					'E-mail du supérieur',
					'Email manager',
					'Mail du manager',
					'Courriel du gestionnaire',
					'E-mail du supérieur hiérarchique',
				],
			},
			{
				means: 'managerEmail',
				names: ['Responsable', 'Supérieur hiérarchique', 'Responsable hiérarchique', 'Gestionnaire', 'N+1'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['Organisation', 'Service', 'Département', "Unité d'organisation", 'Unité organisationnelle'],
			},
			{ means: 'organization', names: ['Direction', 'Centre de coûts', 'Entité'], preference: 3 },
			{
				means: 'effectiveDate',
				names: ["Date d'effet", 'Date effective', 'Valable à partir du', "Date d'application"],
			},
			{ means: 'level', names: ['Niveau', 'Échelon', 'Classification', 'Coefficient'], preference: 2 },
			{
				means: 'jobFunction',
				names: ['Fonction', 'Métier', 'Famille professionnelle', 'Famille de métiers'],
			},
			{ means: 'hireDate', names: ["Date d'embauche", "Date d'entrée", "Date d'engagement"] },
			{ means: 'hourlyRate', names: ['Taux horaire', 'Salaire horaire'] },
			{ means: 'location', names: ['Lieu de travail', 'Établissement', 'Lieu', 'Bureau'] },
			{ means: 'country', names: ['Pays', 'Pays/Région'] },
			{ means: 'firstName', names: ['Prénom'] },
			{ means: 'lastName', names: ['Nom de famille', 'Nom'] },
			{ means: 'displayName', names: ['Nom complet', 'Nom affiché'] },
			{ means: 'jobTitle', names: ['Intitulé du poste', 'Poste', 'Titre du poste', 'Emploi'], preference: 2 },
			{ means: 'company', names: ['Société', 'Entreprise'] },
			{ means: 'resignationDate', names: ['Date de démission', 'Démission'] },
			{ means: 'lastWorkingDate', names: ['Dernier jour travaillé', 'Dernier jour de travail'] },
			{
				means: 'lastWorkingDate',
				names: ['Date de départ', 'Date de sortie', 'Date de fin de contrat'],
				preference: 2,
			},
			{ means: 'remarks', names: ['Remarque', 'Remarques', 'Commentaire', 'Commentaires'] },
			{ means: 'rating', names: ['Évaluation', 'Note'], preference: 2 },
			{ means: 'homeAddress1', names: ['Adresse', 'Rue'], preference: 2 },
			{ means: 'homeZip', names: ['Code postal'], preference: 2 },
			{ means: 'homeCity', names: ['Ville'], preference: 2 },
		],
	},
	{
		system: 'Spanish',
		certainty: 'inferred',
		note: 'Spanish words that such columns carry',
		rows: [
			{
				means: 'personEmail',
				names: [
					'Correo electrónico',
					'Correo',
					'Correo corporativo',
					'Correo electrónico del trabajo',
					'Correo de trabajo',
					'Correo electrónico corporativo',
					'Email corporativo',
					'Dirección de correo electrónico',
				],
			},
			{
				means: 'personEmail',
				names: ['Empleado', 'Número de empleado', 'Usuario'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'Correo del jefe',
					'Correo del supervisor',
					'Correo electrónico del jefe',
					'Correo electrónico del supervisor',
					'Correo del gerente',
					'Correo del responsable',
					'Correo electrónico del responsable',
					'Email del jefe',
				],
			},
			{
				means: 'managerEmail',
				names: ['Jefe', 'Jefe directo', 'Gerente', 'Jefe inmediato'],
				preference: 2,
				onlyEmails: true,
			},
			{ means: 'organization', names: ['Organización', 'Departamento', 'Unidad organizativa'] },
			{
				means: 'organization',
				names: ['Centro de costo', 'Centro de coste', 'División', 'Gerencia', 'Área'],
				preference: 3,
			},
			{
				means: 'effectiveDate',
				names: ['Fecha efectiva', 'Fecha de vigencia', 'Vigente desde', 'Fecha de efecto'],
			},
			{ means: 'level', names: ['Nivel', 'Categoría', 'Grado'], preference: 2 },
			{ means: 'jobFunction', names: ['Función', 'Familia de puestos', 'Familia profesional'] },
			{
				means: 'hireDate',
				names: ['Fecha de contratación', 'Fecha de ingreso', 'Fecha de alta', 'Fecha de incorporación'],
			},
			{ means: 'hourlyRate', names: ['Tarifa por hora', 'Salario por hora'] },
			{ means: 'location', names: ['Ubicación', 'Lugar de trabajo', 'Centro de trabajo', 'Oficina', 'Sede'] },
			{ means: 'country', names: ['País', 'País/Región'] },
			{ means: 'firstName', names: ['Nombre', 'Nombre de pila'] },
			{ means: 'lastName', names: ['Apellidos', 'Apellido', 'Primer apellido'] },
			{ means: 'displayName', names: ['Nombre completo'] },
			{ means: 'jobTitle', names: ['Puesto', 'Cargo', 'Título del puesto'], preference: 2 },
			{ means: 'company', names: ['Empresa', 'Compañía', 'Sociedad'] },
			{ means: 'resignationDate', names: ['Fecha de renuncia', 'Fecha de dimisión'] },
			{
				means: 'lastWorkingDate',
				names: ['Último día de trabajo', 'Último día trabajado', 'Último día laboral'],
			},
			{
				means: 'lastWorkingDate',
				names: ['Fecha de baja', 'Fecha de salida', 'Fecha de término'],
				preference: 2,
			},
			{ means: 'remarks', names: ['Observaciones', 'Comentarios', 'Notas'] },
			{ means: 'rating', names: ['Calificación', 'Evaluación', 'Valoración'] },
			{ means: 'homeAddress1', names: ['Dirección', 'Domicilio', 'Calle'], preference: 2 },
			{ means: 'homeZip', names: ['Código postal', 'CP'], preference: 2 },
			{ means: 'homeCity', names: ['Ciudad', 'Localidad'], preference: 2 },
		],
	},
	{
		system: 'Japanese',
		certainty: 'inferred',
		note: 'Japanese words that such columns carry',
		rows: [
			{
				means: 'personEmail',
				names: [
					'メールアドレス',
					'会社メールアドレス',
					'勤務先メールアドレス',
					'社用メールアドレス',
					'Eメール',
					'電子メール',
					'メール',
					'社員メールアドレス',
				],
			},
			{
				means: 'personEmail',
				names: ['社員番号', '従業員番号', '社員ID', 'ユーザー名'],
				preference: 3,
				onlyEmails: true,
			},
			{
				means: 'managerEmail',
				names: [
					'上司メールアドレス',
					'上長メールアドレス',
					'上司のメールアドレス',
					'上長のメールアドレス',
					'上司メール',
					'マネージャーメールアドレス',
					'管理者メールアドレス',
				],
			},
			{
				means: 'managerEmail',
				names: ['上司', '上長', '直属の上司', 'マネージャー'],
				preference: 2,
				onlyEmails: true,
			},
			{
				means: 'organization',
				names: ['部署', '部署名', '所属', '組織', '組織名', '所属部署', '部門', '部門名'],
			},
			{ means: 'organization', names: ['コストセンター', '課'], preference: 3 },
			{ means: 'effectiveDate', names: ['発令日', '有効日', '適用日', '有効開始日', '基準日'] },
			{ means: 'level', names: ['等級', '職位', '役職レベル', 'グレード'], preference: 2 },
			{ means: 'jobFunction', names: ['職種', '職務', '職能'] },
			{ means: 'hireDate', names: ['入社日', '入社年月日', '採用日', '雇用日'] },
			{ means: 'hourlyRate', names: ['時給', '時間単価'] },
			{ means: 'location', names: ['勤務地', '勤務場所', '事業所', '拠点'] },
			{ means: 'country', names: ['国', '国/地域', '国名'] },
			{ means: 'firstName', names: ['名'] },
			{ means: 'lastName', names: ['姓', '苗字'] },
			{ means: 'displayName', names: ['氏名', '表示名', '名前'] },
			{ means: 'jobTitle', names: ['役職', '役職名', '肩書'], preference: 2 },
			{ means: 'company', names: ['会社', '会社名'] },
			{ means: 'resignationDate', names: ['退職届提出日', '退職申出日', '辞職日'] },
			{ means: 'resignationDate', names: ['退職願受理日'], preference: 2 },
			{ means: 'lastWorkingDate', names: ['最終出勤日', '最終勤務日'] },
			{ means: 'lastWorkingDate', names: ['退職日', '退社日', '退職年月日'], preference: 2 },
			{ means: 'remarks', names: ['備考', 'コメント'] },
			{ means: 'rating', names: ['評価', '評価結果'] },
			{ means: 'homeAddress1', names: ['住所', '現住所'], preference: 2 },
			{ means: 'homeZip', names: ['郵便番号'], preference: 2 },
			{ means: 'homeCity', names: ['市区町村'], preference: 2 },
			{ means: 'homeState', names: ['都道府県'], preference: 2 },
		],
	},
];

/** German letters that systems without them write as two. */
const WRITTEN_OUT: ReadonlyArray<readonly [RegExp, string]> = [
	[/ä/g, 'ae'],
	[/ö/g, 'oe'],
	[/ü/g, 'ue'],
	[/Ä/g, 'Ae'],
	[/Ö/g, 'Oe'],
	[/Ü/g, 'Ue'],
];

/**
 * The aliases of one destination, folded and ready to be looked up.
 * @param destination whose attribute names the aliases lead to
 */
export function aliasesFor(destination: AliasDestination): Alias[] {
	return NAMES.flatMap(({ system, certainty, documented = [], note, rows }) => {
		const listed = new Set(documented.map(normalizeColumnName));
		return rows.flatMap((row) => {
			const attributes: Partial<Record<AliasDestination, string>> = ATTRIBUTES[row.means];
			const attribute = attributes[destination];
			if (attribute === undefined) return [];
			const certaintyOf = (name: string) =>
				row.certainty ?? (listed.has(normalizeColumnName(name)) ? 'documented' : certainty);
			return spellings(row.names, system).map((name) => ({
				name,
				folded: normalizeColumnName(name),
				attribute,
				system,
				preference: preferenceFor(destination, row),
				onlyEmails: row.onlyEmails ?? false,
				certainty: certaintyOf(name),
				note,
			}));
		});
	});
}

function preferenceFor(destination: AliasDestination, { means, preference = 1 }: Names): 1 | 2 | 3 {
	if (SECOND_BEST[destination] !== means) return preference;
	return preference === 1 ? 2 : 3;
}

function spellings(names: readonly string[], system: AliasSystem): string[] {
	if (system !== 'German') return [...names];
	const both = names.flatMap((name) => [
		name,
		WRITTEN_OUT.reduce((text, [letter, out]) => text.replace(letter, out), name),
	]);
	return [...new Set(both)];
}
