import { draggedColumn } from '../../../nodes/shared/n8n/draggedColumns';

it.each([
	['={{ $json.Manager_Email }}', 'Manager_Email'],
	['= {{$json.Manager_Email}} ', 'Manager_Email'],
	['={{ $json["Work Email"] }}', 'Work Email'],
	["={{ $json['Work Email'] }}", 'Work Email'],
	['={{ $json["E-Mail (work)"] }}', 'E-Mail (work)'],
	['={{ $json.Manager_group[0].Primary_Work_Email }}', 'Manager_group.Primary_Work_Email'],
	['={{ $json.Supervisory_Organization[1] }}', 'Supervisory_Organization[1]'],
	['={{ $json.attributes["e-mail"].value }}', 'attributes.e-mail.value'],
	["={{ $('Read Report').item.json.Größe }}", 'Größe'],
])('%s names the column %s', (expression, column) => {
	expect(draggedColumn(expression)).toBe(column);
});

it.each([
	'Manager_Email',
	'={{ "Manager" + "_Email" }}',
	'={{ $json.Manager_Email.trim() }}',
	'={{ $json.Manager_Email }} and more',
	'={{ $json }}',
	'=$json.Manager_Email',
	undefined,
	7,
])('%s is no dragged field', (text) => {
	expect(draggedColumn(text)).toBeUndefined();
});
