import type { SourceWords } from './words';

const PURVIEW: SourceWords = {
	system: 'Purview',
	certainty: 'documented',
	note: 'names in the tables and sample headers of the HR connector (C5, F20)',
	words: {
		personEmail: { sure: 'EmailAddress', likely: '@ UserName' },
		resignationDate: { likely: 'TerminationDate' },
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
			likely: '@ User_Name | Workday_Account | Workday_Username',
			guess: '@ Employee_ID | Worker | Worker_ID',
		},
		managerEmail: {
			sure: `Manager_Work_Email | Manager_Email | Managers_Email | Worker's_Manager_Email |
				Manager_-_Level_01_Email | Manager_Primary_Work_Email | Email_of_Manager`,
			likely: `@ Manager | Worker's_Manager | Manager_Employee_ID | Manager_ID | Direct_Manager |
				Manager_Reference`,
		},
		organization: {
			sure: 'Supervisory_Organization | Sup_Org | Supervisory_Org | Supervisory_Organization_Name',
			likely: 'Organization_Name | Primary_Organization',
			guess: 'Cost_Center | Cost_Center_Name | Cost_Center_Hierarchy',
		},
		effectiveDate: 'Position_Effective_Date | Effective_as_of | As_Of_Date | Report_Effective_Date',
		level: { likely: 'Management_Level | Job_Level | Compensation_Grade' },
		jobFunction: {
			sure: 'Job_Family | Job_Family_Name',
			likely: 'Job_Family_Group | Job_Category',
			guess: 'Job_Profile | Job_Profile_Name',
		},
		hireDate: {
			sure: 'Hire_Date | Latest_Hire_Date | Most_Recent_Hire_Date',
			guess: 'Original_Hire_Date | Continuous_Service_Date',
		},
		hourlyRate: 'Hourly_Rate | Base_Pay_Hourly | Total_Base_Pay_Hourly',
		supervisorIndicator: { likely: 'Is_Manager | Is_People_Manager | People_Manager' },
		location: 'Location_Name | Work_Location | Primary_Location | Business_Site | Work_Site',
		country: {
			sure: 'Location_Country | Work_Country | Country_of_Work_Location | Work_Address_Country',
			likely: 'Country',
		},
		firstName: { likely: 'Legal_First_Name | Preferred_First_Name | Legal_Name_First_Name' },
		lastName: { likely: 'Legal_Last_Name | Preferred_Last_Name | Legal_Name_Last_Name' },
		displayName: { likely: 'Display_Name | Preferred_Name | Full_Name | Worker_Name | Legal_Name' },
		jobTitle: { sure: 'Business_Title', likely: 'Position_Title | Job_Profile_Name' },
		company: 'Company_Name',
		resignationDate: {
			sure: 'Resignation_Date | Date_of_Resignation | Notice_Date',
			guess: 'Termination_Date',
		},
		lastWorkingDate: {
			sure: 'Last_Day_of_Work | Termination_Last_Day_of_Work',
			likely: 'Termination_Date | Termination_Effective_Date',
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
		personEmail: { sure: 'email | EmailNav.emailAddress', likely: '@ username | userId' },
		managerEmail: {
			sure: 'manager/email | managerUserNav/email',
			likely: '@ manager | managerId | manager/userId',
		},
		organization: {
			sure: 'department | departmentNav/name | departmentNav/name_localized',
			likely: 'division | divisionNav/name | businessUnit | businessUnitNav/name',
		},
		effectiveDate: { likely: 'EmpJob.startDate | eventDate' },
		level: { likely: 'jobLevel | payGrade | payGradeNav/name' },
		jobFunction: { sure: 'jobFamily | jobCodeNav/jobFunction', guess: 'jobCode | jobCodeNav/name' },
		hireDate: { sure: 'hireDate | lastHireDate', guess: 'originalStartDate | firstDateWorked' },
		location: 'location | locationNav/name | LocationName',
		officeCity: 'officeLocationCity',
		officeStreet: 'officeLocationAddress',
		officePostalCode: 'officeLocationZipCode',
		homeAddress1: { likely: 'addressLine1' },
		homeAddress2: { likely: 'addressLine2' },
		country: { likely: 'countryOfCompany | country' },
		firstName: 'firstName',
		lastName: 'lastName',
		displayName: 'displayName | defaultFullName',
		jobTitle: 'title | jobTitle',
		company: 'company | companyNav/name',
		lastWorkingDate: { sure: 'lastDateWorked', likely: 'latestTerminationDate | companyExitDate' },
		employeeType: 'employeeType | employeeClass | employmentType',
		homeZip: { likely: 'zipCode' },
	},
};

const SAP_HCM: SourceWords = {
	system: 'SAP HCM',
	certainty: 'common',
	documented: 'USRID_LONG | USRID | PERNR | BEGDA | LAND1 | STRAS | PSTLZ | ORT01',
	note: 'field names of the infotype tables; those of PA0105 and PA0006 are documented, texts beside keys are usual names',
	words: {
		personEmail: { sure: 'USRID_LONG | PA0105-USRID_LONG | SMTP_ADDR', guess: '@ USRID | PERNR' },
		organization: {
			sure: 'ORGTX | ORGEH_TXT | Organizational Unit | Org. Unit Text',
			likely: 'ORGEH | Organizational unit ID',
			guess: 'KOSTL',
		},
		effectiveDate: 'BEGDA | PA0001-BEGDA',
		level: { likely: 'TRFGR | Pay Scale Group', guess: 'PERSK | Employee Subgroup' },
		jobFunction: { likely: 'STLTX | STELL_TXT', guess: 'STELL' },
		hireDate: 'EINTRITT | HIRE_DATE | Entry Date | EINDT',
		location: {
			likely: 'BTRTL_TXT | BTEXT | Personnel Subarea Text',
			guess: 'WERKS | Personnel Area | BTRTL | Personnel Subarea',
		},
		country: { guess: 'LAND1 | MOLGA' },
		firstName: 'VORNA',
		lastName: 'NACHN',
		displayName: 'ENAME | SNAME',
		jobTitle: 'PLSTX | PLANS_TXT',
		companyCode: 'BUKRS | Company Code',
		lastWorkingDate: { likely: 'AUSTRITT | Leaving Date' },
		employeeType: { likely: 'PERSG | Employee Group' },
		homeAddress1: 'STRAS',
		homeZip: 'PSTLZ',
		homeCity: 'ORT01',
	},
};

const SAP_HCM_INFERRED: SourceWords = {
	system: 'SAP HCM',
	certainty: 'inferred',
	note: 'field names of the infotype tables; those of PA0105 and PA0006 are documented, texts beside keys are usual names',
	words: {
		managerEmail: {
			sure: 'MANAGER_USRID_LONG | CHIEF_USRID_LONG | MGR_EMAIL | MSTBR_EMAIL',
			guess: '@ MSTBR | MANAGER_PERNR',
		},
	},
};

const ADP: SourceWords = {
	system: 'ADP',
	certainty: 'common',
	note: 'usual column labels of ADP Workforce Now reports',
	words: {
		personEmail: {
			sure: 'Work Contact: Work Email | Work E-mail',
			guess: '@ Associate ID | Position ID | File Number',
		},
		managerEmail: {
			sure: 'Reports To Email | Reports To: Work Email | Supervisor Work Email',
			likely: '@ Reports To | Reports To Name | Reports To Associate ID | Reports To Legal Name',
		},
		organization: {
			sure: 'Home Department Description | Home Department | Department Description',
			likely: 'Business Unit Description | Business Unit',
			guess: 'Home Cost Number Description | Home Department Code',
		},
		effectiveDate: 'Position Effective Date | Job Effective Date | Change Effective On',
		level: { likely: 'Pay Grade Description | Pay Grade | Pay Grade Code | Job Level Description' },
		jobFunction: { likely: 'Job Function Description | Job Function | Job Class Description' },
		hireDate: 'Hire Date | Rehire Date | Hire/Rehire Date',
		hourlyRate: 'Hourly Rate | Regular Pay Rate (Hourly) | Hourly Rate Amount',
		location: { sure: 'Location Description | Work Location Description', guess: 'Location Code' },
		country: 'Location Country | Work Address: Country',
		firstName: { likely: 'Legal First Name | Payroll First Name' },
		lastName: { likely: 'Legal Last Name | Payroll Last Name' },
		jobTitle: 'Job Title Description',
		resignationDate: 'Resignation Date | Notice Given Date',
		lastWorkingDate: { sure: 'Last Day Worked | Last Worked Date', likely: 'Termination Date' },
		employeeType: { likely: 'Worker Category Description | Worker Category' },
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
		personEmail: { sure: 'workEmail', guess: '@ employeeNumber | Employee # | EEID' },
		managerEmail: {
			sure: 'supervisorEmail | Reporting to Email',
			likely: '@ supervisor | supervisorId | supervisorEId | Reporting to | Reports to',
		},
		organization: { sure: 'department', likely: 'division' },
		effectiveDate: { likely: 'Job Information: Date' },
		hireDate: { sure: 'hireDate', guess: 'originalHireDate' },
		hourlyRate: { guess: 'payRate' },
		location: 'location | Job Information: Location',
		firstName: 'firstName',
		lastName: 'lastName',
		displayName: { likely: 'displayName | fullName1 | Employee Name | Name' },
		jobTitle: 'jobTitle | Job Information: Job Title',
		lastWorkingDate: { likely: 'terminationDate' },
		employeeType: { likely: 'employmentHistoryStatus | Employment Status' },
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
		personEmail: 'attributes.email.value',
		managerEmail: { sure: 'supervisor.email', likely: '@ supervisor | Supervisor ID' },
		organization: {
			sure: 'department | department.name',
			guess: 'team | team.name | subcompany | subcompany.name',
		},
		hireDate: 'hire_date',
		location: { likely: 'office | office.name' },
		firstName: 'first_name',
		lastName: 'last_name',
		jobTitle: { likely: 'position' },
		resignationDate: { likely: 'terminated_at | Termination notice date | Notice received on' },
		lastWorkingDate: {
			sure: 'last_working_day | Last day of work',
			guess: 'termination_date | contract_end_date',
		},
		employeeType: { likely: 'employment_type' },
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
		personEmail: 'emailAddress | primaryEmail',
		managerEmail: {
			sure: 'supervisorEmail | supervisorEmailAddress | Supervisor Primary Email',
			likely: '@ supervisorID | supervisorName | supervisorEmployeeNumber',
		},
		organization: { likely: 'orgLevel1Description | Org Level 1', guess: 'orgLevel1Code' },
		effectiveDate: { likely: 'jobEffectiveDate | dateInJob' },
		level: { guess: 'salaryGrade | jobGrade' },
		jobFunction: { likely: 'jobFamilyDescription | jobGroupDescription | Job Group' },
		hireDate: {
			sure: 'lastHireDate | Date of Last Hire',
			guess: 'originalHireDate | Date of Original Hire | dateOfSeniority',
		},
		hourlyRate: 'hourlyPayRate',
		location: {
			sure: 'primaryWorkLocation | workLocationDescription | Work Location',
			guess: 'primaryWorkLocationCode',
		},
		country: { likely: 'workCountry | countryCode' },
		jobTitle: { likely: 'jobDescription | alternateJobTitle' },
		company: 'companyName',
		companyCode: 'companyCode',
		lastWorkingDate: { sure: 'dateLastWorked', likely: 'dateOfTermination' },
		employeeType: { likely: 'employeeTypeCode | Employee Type' },
	},
};

const MICROSOFT_ENTRA: SourceWords = {
	system: 'Microsoft Entra',
	certainty: 'documented',
	note: 'properties of the user resource of Microsoft Graph, and the labels of user exports',
	words: {
		personEmail: 'mail',
		signInName: 'userPrincipalName | UPN',
		organization: { sure: 'department', guess: 'employeeOrgData.division | employeeOrgData.costCenter' },
		hireDate: 'employeeHireDate',
		location: 'officeLocation',
		country: { guess: 'usageLocation' },
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
	note: 'properties of the user resource of Microsoft Graph, and the labels of user exports',
	words: {
		managerEmail: { sure: 'manager.mail', likely: 'manager.userPrincipalName | Manager UPN' },
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
	ADP,
	BAMBOOHR,
	PERSONIO,
	UKG,
	MICROSOFT_ENTRA,
	MICROSOFT_ENTRA_COMMON,
];
