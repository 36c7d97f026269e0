import type { SourceWords } from './sourceWords';

const PURVIEW: SourceWords = {
	system: 'Purview',
	certainty: 'documented',
	note: "names in the tables and sample headers of Microsoft's HR connector (C5, F20)",
	words: {
		personEmail: { sure: 'EmailAddress', second: '@ UserName' },
		resignationDate: { paired: 'TerminationDate' },
		remarks: 'ImprovementRemarks',
		rating: 'PerformanceRating',
		homeAddress1: 'EmployeeAddLine1',
		homeAddress2: 'EmployeeAddLine2',
		organization: 'EmployeeDept',
		scenario: 'HRScenario',
	},
};

const WORKDAY: SourceWords = {
	system: 'Workday',
	certainty: 'common',
	note: 'usual XML aliases of Workday report columns, set by each customer (E1)',
	words: {
		personEmail: {
			sure: `Work_Email | Primary_Work_Email | Email_Primary_Work | Email_-_Work | Worker_Email |
				Email_Address_Work`,
			second: `@ User_Name | Workday_Account | Workday_Username | Worker | Employee_ID | Worker_ID`,
		},
		managerEmail: {
			sure: `Manager_Work_Email | Manager_Email | Managers_Email | Worker's_Manager_Email |
				Manager_Primary_Work_Email | Email_of_Manager`,
			second: `@ Manager | Worker's_Manager | Manager_Employee_ID | Manager_ID | Direct_Manager |
				Manager_Reference`,
			likely: 'Manager_-_Level_01_Email',
		},
		organization: {
			sure: 'Supervisory_Organization | Sup_Org | Supervisory_Org | Supervisory_Organization_Name',
			second: 'Organization_Name | Primary_Organization',
			likely: 'Cost_Center | Cost_Center_Name | Cost_Center_Hierarchy',
		},
		effectiveDate: {
			sure: 'Effective_as_of | As_Of_Date | Report_Effective_Date',
			likely: 'Position_Effective_Date',
		},
		level: { second: 'Management_Level | Job_Level', likely: 'Compensation_Grade' },
		jobFunction: {
			sure: 'Job_Family | Job_Family_Name',
			likely: 'Job_Family_Group | Job_Category',
			guess: 'Job_Profile | Job_Profile_Name',
		},
		hireDate: {
			sure: 'Latest_Hire_Date | Most_Recent_Hire_Date',
			second: 'Hire_Date',
			likely: 'Original_Hire_Date | Continuous_Service_Date',
		},
		hourlyRate: 'Hourly_Rate | Base_Pay_Hourly | Total_Base_Pay_Hourly',
		supervisorIndicator: { second: 'Is_Manager | Is_People_Manager | People_Manager' },
		location: 'Location_Name | Work_Location | Primary_Location | Business_Site | Work_Site',
		workCountry: 'Location_Country | Work_Country | Country_of_Work_Location | Work_Address_Country',
		country: { likely: 'Country' },
		firstName: { sure: 'Preferred_First_Name', second: 'Legal_First_Name | Legal_Name_First_Name' },
		lastName: { sure: 'Preferred_Last_Name', second: 'Legal_Last_Name | Legal_Name_Last_Name' },
		displayName: {
			sure: 'Display_Name | Preferred_Name',
			second: 'Full_Name | Worker_Name',
			likely: 'Legal_Name',
		},
		jobTitle: { sure: 'Business_Title', second: 'Position_Title', likely: 'Job_Profile_Name' },
		company: 'Company_Name',
		resignationDate: {
			sure: 'Resignation_Date | Date_of_Resignation | Notice_Date',
			paired: 'Termination_Date',
		},
		lastWorkingDate: {
			sure: 'Last_Day_of_Work | Termination_Last_Day_of_Work',
			paired: 'Termination_Date | Termination_Effective_Date',
		},
		employeeType: 'Worker_Type | Worker_Sub-Type | Employee_Type',
		employmentStatus: { likely: 'Worker_Status' },
	},
};

const SUCCESSFACTORS: SourceWords = {
	system: 'SuccessFactors',
	certainty: 'common',
	documented: `email | username | userId | managerId | department | division | businessUnit | EmpJob.startDate |
		payGrade | jobFamily | jobCode | hireDate | firstDateWorked | location | LocationName |
		officeLocationCity | officeLocationAddress | officeLocationZipCode | addressLine1 | addressLine2 |
		countryOfCompany | country | firstName | lastName | displayName | jobTitle | company |
		lastDateWorked | zipCode`,
	note: "properties of the OData entities; the documented ones stand in Microsoft's attribute reference for SuccessFactors",
	words: {
		personEmail: {
			second: 'email | emailNav/results[0]/emailAddress | @ username | userId',
		},
		managerEmail: {
			sure: 'manager/email | managerUserNav/email',
			second: '@ manager | managerId | manager/userId',
		},
		organization: {
			sure: 'department | departmentNav/name | departmentNav/name_localized',
			likely: 'division | divisionNav/name | businessUnit | businessUnitNav/name',
		},
		effectiveDate: { second: 'EmpJob.startDate', likely: 'eventDate' },
		level: { second: 'jobLevel', likely: 'payGrade | payGradeNav/name' },
		jobFunction: { sure: 'jobFamily | jobCodeNav/jobFunction', guess: 'jobCode | jobCodeNav/name' },
		hireDate: { sure: 'lastHireDate', second: 'hireDate', likely: 'originalStartDate | firstDateWorked' },
		location: 'location | locationNav/name | LocationName',
		officeCity: 'officeLocationCity',
		officeStreet: 'officeLocationAddress',
		officePostalCode: 'officeLocationZipCode',
		homeAddress1: { likely: 'addressLine1' },
		homeAddress2: { likely: 'addressLine2' },
		workCountry: { likely: 'countryOfCompany' },
		country: { likely: 'country' },
		firstName: 'firstName',
		lastName: 'lastName',
		displayName: { sure: 'displayName', second: 'defaultFullName' },
		jobTitle: { sure: 'jobTitle', likely: 'title' },
		company: 'company | companyNav/name',
		lastWorkingDate: { sure: 'lastDateWorked', paired: 'latestTerminationDate | companyExitDate' },
		employeeType: { sure: 'employeeType | employmentType', second: 'employeeClass' },
		homeZip: { likely: 'zipCode' },
	},
};

const SAP_NOTE =
	'field names of the infotype tables; those of PA0105 and PA0006 are documented, texts beside keys are usual names';

const SAP_HCM: SourceWords = {
	system: 'SAP HCM',
	certainty: 'common',
	documented: 'USRID_LONG | USRID | PERNR | BEGDA | LAND1 | STRAS | PSTLZ | ORT01',
	note: SAP_NOTE,
	words: {
		personEmail: { sure: 'USRID_LONG | PA0105-USRID_LONG | SMTP_ADDR', second: '@ USRID | PERNR' },
		organization: {
			sure: 'ORGTX | ORGEH_TXT | Organizational Unit | Org. Unit Text',
			likely: 'ORGEH | Organizational unit ID | KOSTL',
		},
		effectiveDate: 'BEGDA | PA0001-BEGDA',
		level: { likely: 'TRFGR | Pay Scale Group', guess: 'PERSK | Employee Subgroup' },
		jobFunction: { likely: 'STLTX | STELL_TXT', guess: 'STELL' },
		hireDate: 'EINTRITT | HIRE_DATE | Entry Date | EINDT',
		location: {
			likely: 'BTRTL_TXT | BTEXT | Personnel Subarea Text | Personnel Area Text',
			guess: 'WERKS | Personnel Area | BTRTL | Personnel Subarea',
		},
		country: { guess: 'LAND1 | MOLGA' },
		firstName: 'VORNA',
		lastName: 'NACHN',
		displayName: { second: 'ENAME | SNAME' },
		jobTitle: 'PLSTX | PLANS_TXT',
		companyCode: 'BUKRS | Company Code',
		lastWorkingDate: { paired: 'AUSTRITT | Leaving Date' },
		employeeType: { likely: 'PERSG | Employee Group' },
		homeAddress1: 'STRAS',
		homeZip: 'PSTLZ',
		homeCity: 'ORT01',
	},
};

const SAP_HCM_INFERRED: SourceWords = {
	system: 'SAP HCM',
	certainty: 'inferred',
	note: SAP_NOTE,
	words: {
		managerEmail: {
			sure: 'MANAGER_USRID_LONG | CHIEF_USRID_LONG | MGR_EMAIL | MSTBR_EMAIL',
			likely: '@ MSTBR | MANAGER_PERNR',
		},
	},
};

const ORACLE: SourceWords = {
	system: 'Oracle HCM',
	certainty: 'common',
	note: 'attributes of the workers resource and columns of HCM extracts',
	words: {
		personEmail: { sure: 'WorkEmail', second: 'EmailAddress | @ Username' },
		managerEmail: {
			sure: 'ManagerEmail | LineManagerEmail',
			second: '@ LineManagerName | ManagerPersonNumber',
		},
		organization: {
			sure: 'DepartmentName',
			likely: 'BusinessUnitName | BusinessUnit',
		},
		effectiveDate: 'EffectiveStartDate',
		level: { second: 'ManagerLevel | JobLevel', likely: 'GradeName | GradeCode' },
		jobFunction: { sure: 'JobFamilyName', second: 'JobFunction', guess: 'JobName' },
		hireDate: {
			sure: 'LatestHireDate | EnterpriseHireDate',
			second: 'LegalEmployerHireDate',
			likely: 'OriginalDateOfHire',
		},
		location: 'LocationName',
		firstName: 'FirstName',
		lastName: 'LastName',
		jobTitle: { sure: 'BusinessTitle', likely: 'AssignmentName | PositionName' },
		company: { sure: 'LegalEmployerName', second: 'LegalEntityName' },
		resignationDate: 'NotifiedTerminationDate | NotificationDate',
		lastWorkingDate: { sure: 'LastWorkingDate', paired: 'ActualTerminationDate' },
		employeeType: { second: 'WorkerType', likely: 'PersonTypeName | UserPersonType' },
		employmentStatus: { likely: 'AssignmentStatusType | AssignmentStatus' },
	},
};

const ADP: SourceWords = {
	system: 'ADP',
	certainty: 'common',
	note: 'usual column labels of ADP Workforce Now reports',
	words: {
		personEmail: {
			sure: 'Work Contact: Work Email | Work E-mail',
			likely: '@ Associate ID | Position ID | File Number',
		},
		managerEmail: {
			sure: 'Reports To Email | Reports To: Work Email | Supervisor Work Email',
			second: '@ Reports To | Reports To Name | Reports To Associate ID | Reports To Legal Name',
		},
		organization: {
			sure: 'Home Department Description | Home Department | Department Description',
			likely: `Business Unit Description | Business Unit | Home Cost Number Description |
				Home Department Code`,
		},
		effectiveDate: { likely: 'Position Effective Date | Job Effective Date | Change Effective On' },
		level: {
			second: 'Job Level Description',
			likely: 'Pay Grade Description | Pay Grade | Pay Grade Code',
		},
		jobFunction: {
			second: 'Job Function Description | Job Function',
			likely: 'Job Class Description',
		},
		hireDate: { sure: 'Hire/Rehire Date', second: 'Hire Date', likely: 'Rehire Date' },
		hourlyRate: 'Hourly Rate | Regular Pay Rate (Hourly) | Hourly Rate Amount',
		location: { sure: 'Location Description | Work Location Description', likely: 'Location Code' },
		workCountry: 'Location Country | Work Address: Country',
		firstName: { second: 'Legal First Name', likely: 'Payroll First Name' },
		lastName: { second: 'Legal Last Name', likely: 'Payroll Last Name' },
		displayName: { likely: 'Payroll Name' },
		jobTitle: 'Job Title Description',
		resignationDate: 'Resignation Date | Notice Given Date',
		lastWorkingDate: { sure: 'Last Day Worked | Last Worked Date', paired: 'Termination Date' },
		employeeType: { second: 'Worker Category Description | Worker Category' },
		homeAddress1: 'Legal / Preferred Address: Address Line 1 | Primary Address: Address Line 1',
		homeAddress2: 'Legal / Preferred Address: Address Line 2 | Primary Address: Address Line 2',
		homeCity: 'Legal / Preferred Address: City | Primary Address: City',
		homeState: `Legal / Preferred Address: State / Territory Code | Primary Address: State / Territory Code`,
		homeZip: 'Legal / Preferred Address: Zip / Postal Code | Primary Address: Zip / Postal Code',
	},
};

const BAMBOOHR: SourceWords = {
	system: 'BambooHR',
	certainty: 'common',
	documented: `workEmail | employeeNumber | supervisor | supervisorId | supervisorEId | department | division |
		hireDate | originalHireDate | payRate | location | firstName | lastName | displayName | fullName1 |
		jobTitle | employmentHistoryStatus | address1 | address2`,
	note: 'field names of the BambooHR API, and the labels that its reports usually carry',
	words: {
		personEmail: { sure: 'workEmail', likely: '@ employeeNumber | Employee # | EEID' },
		managerEmail: {
			sure: 'supervisorEmail | Reporting to Email',
			second: '@ supervisor | supervisorId | supervisorEId | Reporting to',
		},
		organization: { sure: 'department', likely: 'division' },
		effectiveDate: { likely: 'Job Information: Date' },
		hireDate: { second: 'hireDate', likely: 'originalHireDate' },
		hourlyRate: { likely: 'payRate' },
		location: 'location | Job Information: Location',
		firstName: 'firstName',
		lastName: 'lastName',
		displayName: { second: 'displayName | fullName1 | Employee Name', likely: 'Name' },
		jobTitle: 'jobTitle | Job Information: Job Title',
		lastWorkingDate: { paired: 'terminationDate' },
		employeeType: { second: 'employmentHistoryStatus', likely: 'Employment Status' },
		homeAddress1: { likely: 'address1 | Address Line 1' },
		homeAddress2: { likely: 'address2 | Address Line 2' },
		homeZip: { likely: 'zipcode' },
	},
};

const PERSONIO: SourceWords = {
	system: 'Personio',
	certainty: 'common',
	documented: `attributes.email.value | supervisor | department | subcompany | hire_date | office | first_name |
		last_name | position | termination_date | contract_end_date | employment_type`,
	note: 'attributes of the Personio employees API, and the labels that its lists usually carry',
	words: {
		personEmail: { second: 'attributes.email.value' },
		managerEmail: { sure: 'supervisor.email', second: '@ supervisor | Supervisor ID' },
		organization: {
			sure: 'department | department.name',
			likely: 'team | team.name | subcompany | subcompany.name',
		},
		hireDate: { second: 'hire_date' },
		location: { second: 'office | office.name' },
		firstName: 'first_name',
		lastName: 'last_name',
		jobTitle: { likely: 'position' },
		resignationDate: {
			sure: 'Termination notice date | Notice received on',
			likely: 'terminated_at',
		},
		lastWorkingDate: {
			sure: 'last_working_day | Last day of work',
			paired: 'termination_date',
			likely: 'contract_end_date',
		},
		employeeType: { second: 'employment_type' },
	},
};

const UKG: SourceWords = {
	system: 'UKG',
	certainty: 'common',
	documented: `emailAddress | supervisorID | orgLevel1Code | dateInJob | lastHireDate | originalHireDate |
		dateOfSeniority | primaryWorkLocationCode | jobDescription | companyName | companyCode |
		dateLastWorked | employeeTypeCode`,
	note: 'properties of the UKG Pro employment details, and the labels that its reports usually carry',
	words: {
		personEmail: { second: 'emailAddress | primaryEmail' },
		managerEmail: {
			sure: 'supervisorEmail | supervisorEmailAddress | Supervisor Primary Email',
			second: '@ supervisorID | supervisorName | supervisorEmployeeNumber',
		},
		organization: { likely: 'orgLevel1Description | Org Level 1 | orgLevel1Code' },
		effectiveDate: { likely: 'jobEffectiveDate | dateInJob' },
		level: { likely: 'salaryGrade', second: 'jobGrade' },
		jobFunction: { second: 'jobFamilyDescription', likely: 'jobGroupDescription | Job Group' },
		hireDate: {
			sure: 'lastHireDate | Date of Last Hire',
			likely: 'originalHireDate | Date of Original Hire | dateOfSeniority',
		},
		hourlyRate: 'hourlyPayRate',
		location: {
			sure: 'primaryWorkLocation | workLocationDescription | Work Location',
			likely: 'primaryWorkLocationCode',
		},
		workCountry: 'workCountry',
		country: { likely: 'countryCode' },
		jobTitle: { second: 'alternateJobTitle', likely: 'jobDescription' },
		company: 'companyName',
		companyCode: 'companyCode',
		lastWorkingDate: { sure: 'dateLastWorked', paired: 'dateOfTermination' },
		employeeType: { second: 'employeeTypeCode | Employee Type' },
	},
};

const DAYFORCE: SourceWords = {
	system: 'Dayforce',
	certainty: 'common',
	note: 'properties of the Dayforce employee resource and the labels of its reports',
	words: {
		personEmail: { sure: 'BusinessEmail | Business Email Address', second: '@ LoginId' },
		managerEmail: { sure: 'Manager Business Email', second: '@ ManagerName' },
		organization: { sure: 'Department', likely: 'OrgUnit | Org Unit Short Name' },
		hireDate: { sure: 'Most Recent Hire Date', second: 'HireDate', likely: 'OriginalHireDate' },
		hourlyRate: { likely: 'BaseRate' },
		location: { second: 'Work Site Location', likely: 'Primary Work Assignment Location' },
		jobTitle: { second: 'PositionTitle', likely: 'Job' },
		lastWorkingDate: { paired: 'TerminationDate' },
		employmentStatus: { likely: 'Employment Status' },
	},
};

const HIBOB: SourceWords = {
	system: 'HiBob',
	certainty: 'common',
	note: 'field paths of the HiBob people API',
	words: {
		managerEmail: {
			sure: 'work.reportsTo.email | reportsTo.email',
			second: '@ work.manager | work.reportsTo',
		},
		organization: { sure: 'work.department', likely: 'work.custom.division' },
		effectiveDate: { likely: 'work.activeEffectiveDate' },
		hireDate: { second: 'work.startDate' },
		location: { second: 'work.site' },
		firstName: 'firstName',
		lastName: 'surname',
		displayName: { sure: 'displayName', second: 'fullName' },
		jobTitle: { second: 'work.title' },
		lastWorkingDate: { paired: 'internal.terminationDate' },
		homeAddress1: { likely: 'address.line1' },
		homeCity: { likely: 'address.city' },
		homeZip: { likely: 'address.postCode' },
	},
};

const RIPPLING: SourceWords = {
	system: 'Rippling',
	certainty: 'common',
	note: 'properties of the Rippling workers resource and the labels of its reports',
	words: {
		personEmail: { sure: 'work_email', second: 'Employee - Work email' },
		managerEmail: { sure: 'manager.work_email', second: '@ manager' },
		organization: { sure: 'department.name', likely: 'teams' },
		level: { likely: 'level.name' },
		location: 'work_location.name | location.name',
		firstName: { sure: 'preferred_first_name', second: 'legal_first_name' },
		lastName: { sure: 'preferred_last_name', second: 'legal_last_name' },
		jobTitle: { likely: 'title' },
		company: { second: 'legal_entity' },
		lastWorkingDate: { likely: 'end_date' },
		employeeType: { second: 'employment_type.label' },
	},
};

const ENTRA_NOTE = 'properties of the user resource of Microsoft Graph, and the labels of user exports';

const MICROSOFT_ENTRA: SourceWords = {
	system: 'Microsoft Entra',
	certainty: 'documented',
	note: ENTRA_NOTE,
	words: {
		personEmail: { second: 'mail' },
		signInName: 'userPrincipalName | UPN',
		organization: { sure: 'department', likely: 'employeeOrgData.division | employeeOrgData.costCenter' },
		hireDate: 'employeeHireDate',
		location: 'officeLocation',
		workCountry: { guess: 'usageLocation' },
		firstName: 'givenName',
		lastName: 'surname',
		displayName: 'displayName',
		jobTitle: 'jobTitle',
		officeStreet: { likely: 'streetAddress' },
		officeCity: { likely: 'city' },
		officeState: { likely: 'state' },
		officePostalCode: { likely: 'postalCode' },
		company: 'companyName',
		skills: 'skills',
		lastWorkingDate: 'employeeLeaveDateTime',
		employeeType: 'employeeType',
	},
};

const MICROSOFT_ENTRA_COMMON: SourceWords = {
	system: 'Microsoft Entra',
	certainty: 'common',
	note: ENTRA_NOTE,
	words: {
		managerEmail: { sure: 'manager.mail', second: 'manager.userPrincipalName | Manager UPN' },
		location: 'physicalDeliveryOfficeName',
	},
};

/** What HR systems call their columns. */
export const HR_SYSTEMS: readonly SourceWords[] = [
	PURVIEW,
	WORKDAY,
	SUCCESSFACTORS,
	SAP_HCM,
	SAP_HCM_INFERRED,
	ORACLE,
	ADP,
	BAMBOOHR,
	PERSONIO,
	UKG,
	DAYFORCE,
	HIBOB,
	RIPPLING,
	MICROSOFT_ENTRA,
	MICROSOFT_ENTRA_COMMON,
];
