/** What a line of the mapping calls a column of employee numbers. None of them is sent. */
export const EMPLOYEE_NUMBER = '__employeeNumber__';
export const MANAGER_NUMBER = '__managerNumber__';

/** Whether a line of the mapping is about a column of numbers. */
export function isNumberAttribute({ attribute }: { attribute: string }): boolean {
	return attribute === EMPLOYEE_NUMBER || attribute === MANAGER_NUMBER;
}
