import { outcomeOf, SAMPLES } from '../../fixtures/header-names/outcomes';

/** Columns that hold somebody else's value, or one of another time or kind: none may even be proposed. */
const NOT_THE_EMPLOYEES = {
	email: `
		Regional_Manager_group.Work_Email
		Cost_Center_Manager_group.Work_Email
		Department_Manager_group.Primary_Work_Email
		Store Manager: Email
		Manager 2: Work Email
		Manager_Level_03_group.Work_Email
		Manager_group.Manager_group.Work_Email
		Manager_group.Work_Email (Manager)
		Interim_Manager_group.Work_Email
		Acting Manager: Email
		Email (Manager 2)
		Email (Manager Level 3)
		Work Email (Department Manager)
		E-Mail (Vorgesetzter 2)
		上司の上司メールアドレス
		Direct_Reports_group.Work_Email
		Subordinate_group.Work_Email
		Team_Members_group.Work_Email
		Candidate_group.Email
		Applicant_group.Email
		Email (candidate)
		Email (wife)
		Husband: Email
		Email (mother)
		Email (reviewer)
		Reviewer_group.Work_Email
		Interviewer_group.Work_Email
		Email (evaluator)
		Email (requested by)
		Initiated_By_group.Work_Email
		Submitted_By_group.Work_Email
		Successor_group.Work_Email
		Predecessor_group.Work_Email
		Trainer_group.Email
		Email (client)
		Email (Bewerber)
		Email (Nachfolger)
		E-mail (candidat)
		Correo (cliente)
		Email (post-employment)
		Manager 2 Email
		Second Manager Email
		Work Email of Spouse
		Delegate_group.Work_Email
		Recruiter: Work Email
		Manager's Assistant Email
		Previous_Manager_group.Work_Email
		旧上司メールアドレス`,
	text: `
		Department (at hire)
		Organization (upon hire)
		Department (pending)
		Department (until 2023)
		Department (requested)
		Department (archived)
		Organization (obsolete)
		Department (original)
		Department (incoming)
		Job Title (at hire)
		Abteilung (bei Eintritt)
		Country (citizenship)
		Country (nationality)
		Country (passport)
		Location (residence)
		Country (tax)
		Citizenship_group.Country
		Manager Department
		Organization (Manager)
		旧部署`,
	date: `
		Hire Date (estimated)
		Hire Date (tentative)
		Hire Date (pending)
		Hire Date (candidate)
		Hire Date (spouse)
		Hire Date of Manager
		Manager_group.Hire_Date
		入社予定日`,
} as const;

const cases = Object.entries(NOT_THE_EMPLOYEES).flatMap(([kind, names]) =>
	names
		.trim()
		.split('\n')
		.map((name) => [name.trim(), kind] as const),
);

it.each(cases)("%s is nobody's column of %ss", (name, kind) => {
	const found = (['vivaHr', 'organizationalData', 'employeeProfile'] as const).map((destination) =>
		outcomeOf(name, SAMPLES[kind], destination),
	);
	expect(found).toEqual(['', '', '']);
});
