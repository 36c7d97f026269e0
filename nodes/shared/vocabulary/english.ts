import type { WordLists } from './words';

/**
 * What HR systems tell of a person, and what English spreadsheets and databases call it. Each destination has its own names for
 * these: see its table of attributes.
 */
export const ENGLISH = {
	personEmail: {
		sure: `Work E-Mail Address | Business Email | Business Email Address | Company Email | Corporate Email |
			Office Email | Primary SMTP Address | Person Email | Employee Email | Employee Email Address |
			Worker Email Address | Employee Work Email`,
		second: `E-Mail | SMTP Address | Mail Address | User Email | @ Employee | Person | Login | Login Name |
			User ID`,
	},
	managerEmail: {
		sure: `Manager Email Address | Supervisor Email Address | Line Manager Email | Direct Manager Email |
			Boss Email | Manager Mail | Reporting Manager Email | Managers Work Email | Mgr Email |
			Manager Email ID | Supervisor Mail`,
		second: `@ Line Manager | Reporting Manager | Boss | Supervisor Name | Manager Name | Mgr |
			Reports To Person`,
	},
	personNumber: {
		sure: `Employee ID | Employee Number | Employee No | Employee Code | Emp ID | Emp No |
			Personnel Number | Personnel ID | Personnel No | Staff ID | Staff Number | Staff No | Person Number |
			Person ID | Worker ID | Worker Number | Associate ID | Payroll Number | HR ID | EEID`,
		second: 'Employee | Worker | Person',
		likely: 'ID | Number | User ID | Code',
	},
	managerNumber: {
		sure: `Manager ID | Manager Number | Manager No | Manager Code | Mgr ID | Supervisor ID |
			Supervisor Number | Supervisor No | Supervisor Code | Line Manager ID | Boss ID | Reports To ID |
			Reports To Number | Reporting Manager ID`,
		second: `Manager | Supervisor | Line Manager | Direct Manager | Reporting Manager | Boss | Mgr | Reports To |
			Reporting To`,
	},
	organization: {
		sure: `Organisation | Org | Organization Unit | Org Unit | Org Unit Name | Organisation Name |
			Department Name | Dept | Dept Name`,
		likely: 'Division Name | Business Unit Name',
		guess: 'Area | Group',
	},
	effectiveDate: `Effective Date | Date Effective | Valid From | Valid As Of | Effective From | Snapshot Date |
		As Of | Report Date`,
	reviewDate: { second: 'Review Date | Rating Date' },
	promotionDate: { second: 'Promotion Date | Change Date | Date of Change' },
	planDate: { second: 'Plan Start Date' },
	level: {
		second: 'Job Grade | Career Level | Seniority Level | Employee Level',
		likely: 'Level | Grade | Band',
	},
	jobFunction: { sure: 'Functional Area | Job Discipline', likely: 'Function | Discipline' },
	hireDate: {
		sure: `Date of Hire | Date Hired | Hired On | Joining Date | Date of Joining | Join Date | Date Joined |
			Employment Start Date | Date of Entry`,
		likely: 'Start Date | Seniority Date | First Day',
	},
	hourlyRate: { sure: 'Hourly Wage | Rate per Hour', likely: 'Hourly Cost' },
	layer: {
		sure: 'Org Layer | Layers from CEO | Levels from CEO | Distance from CEO',
		likely: 'Hierarchy Level',
	},
	supervisorIndicator: 'Supervisor Flag | Manager Indicator | Manager Flag | IC or Manager | IC/Mngr',
	onsiteDays: `Weekly Onsite Days | Onsite Days per Week | Days in Office | Office Days per Week | Badge Days`,
	location: { second: 'Office Name | Site | Site Name | Workplace | Place of Work' },
	country: { likely: 'Country/Region | Country Name | Region | Country Code' },
	workCountry: { likely: 'Work Region' },
	homeCountry: 'Home Country | Country of Residence | Home Address Country',
	firstName: 'Forename',
	lastName: 'Family Name',
	displayName: { second: 'Full Name | Complete Name' },
	jobTitle: { likely: 'Title Name | Role | Job Name' },
	secondaryJobTitle: 'Secondary Job Title | Second Job Title',
	officeStreet: `Office Street | Work Street | Office Address | Work Address | Work Address Line 1 |
		Office Address Line 1`,
	officeCity: 'Office City | Work City | Location City',
	officeState: 'Office State | Work State | Location State',
	officePostalCode: `Office Postal Code | Work Postal Code | Office Zip | Work Zip | Location Postal Code`,
	officePostBox: 'PO Box | Post Office Box | Office PO Box',
	company: { second: 'Legal Entity | Employer' },
	companyCode: { second: 'Legal Entity Code' },
	skills: 'Skill Names | User Skills',
	employmentStatus: { likely: 'Employment Status | Employee Status', guess: 'Status' },
	dottedLineManagers: { likely: 'Dotted Line Manager | Dotted Line Managers | Matrix Manager' },
	assistants: { likely: 'Assistant Email | Assistants Email | Assistant' },
	resignationDate: {
		sure: 'Date of Resignation | Resigned On | Date of Notice | Resignation Submitted On',
		likely: 'Resignation',
	},
	lastWorkingDate: {
		sure: 'Last Working Day | Last Day | Final Working Day | Last Date of Work | Last Day in Office',
		paired: `Leave Date | Exit Date | Separation Date | Employment End Date | Date of Leaving |
			Termination Effective`,
	},
	remarks: 'Remark | Comment | Comments | Note | Notes | Review Comments',
	rating: { second: 'Performance Score | Review Rating | Overall Rating', likely: 'Score' },
	oldLevel: 'Previous Level | Prior Level | Old Grade | Level Before | From Level | Previous Grade',
	newLevel: 'Current Level | Level After | To Level | New Grade | Proposed Level',
	newLevelFromLevel: { guess: 'Level | Job Level | Grade' },
	homeAddress1: {
		sure: 'Home Address | Home Street | Home Address Line 1',
		likely: 'Street Address | Address | Street',
	},
	homeAddress2: 'Home Address Line 2',
	homeCity: { sure: 'Home City', likely: 'City' },
	homeState: { sure: 'Home State', likely: 'State | Province' },
	homeZip: {
		sure: 'Home Zip | Home Zip Code | Home Postal Code',
		likely: 'Zip | Postal Code | Postcode',
	},
	scenario: { sure: 'Scenario | HR Scenario | HR Event', likely: 'Event Type' },
	signInName: 'Sign-In Name | Sign-In Address',
	employeeType: 'Type of Employment | Type of Employee',
} as const satisfies Readonly<Record<string, WordLists>>;

/** One of these. */
export type Meaning = keyof typeof ENGLISH;
