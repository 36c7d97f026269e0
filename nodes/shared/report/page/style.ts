/** Colours of one look. Texts keep a contrast of at least 4.5 to 1 (WCAG AA) on what lies behind them. */
interface Look {
	page: string;
	text: string;
	muted: string;
	line: string;
	panel: string;
	link: string;
	bar: string;
	track: string;
	good: [text: string, behind: string];
	attention: [text: string, behind: string];
	bad: [text: string, behind: string];
}

const LIGHT: Look = {
	page: '#ffffff',
	text: '#1d2129',
	muted: '#59606d',
	line: '#d8dce3',
	panel: '#f5f6f8',
	link: '#1f5fae',
	bar: '#3f74b8',
	track: '#e4e8ee',
	good: ['#12653a', '#e6f4ec'],
	attention: ['#7a4e00', '#fcf2db'],
	bad: ['#a3211a', '#fcebe9'],
};

const DARK: Look = {
	page: '#15181d',
	text: '#e8eaee',
	muted: '#a8afbb',
	line: '#353b46',
	panel: '#1d2128',
	link: '#8dbcf5',
	bar: '#6c9fe0',
	track: '#2b313b',
	good: ['#7fd6a6', '#15301f'],
	attention: ['#f1c76e', '#33290f'],
	bad: ['#ffa59d', '#3b1c1a'],
};

/** Colours are written out, not as custom properties: many e-mail programs know none. */
function colours(look: Look): string {
	const verdict = (kind: 'good' | 'attention' | 'bad') =>
		`.${kind}{color:${look[kind][0]};background:${look[kind][1]}}`;
	return [
		`body{color:${look.text};background:${look.page}}`,
		`.muted,.small,th,dt,footer{color:${look.muted}}`,
		`th[scope=row]{color:${look.text}}`,
		`a{color:${look.link}}`,
		`td,th,.rule,.tile,footer{border-color:${look.line}}`,
		`.tile,code{background:${look.panel}}`,
		`.track{background:${look.track}}`,
		`.bar{background:${look.bar}}`,
		verdict('good'),
		verdict('attention'),
		verdict('bad'),
	].join('\n');
}

const SHAPES = `
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 "Segoe UI",system-ui,-apple-system,Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:break-word}
main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem}
h3{font-size:1rem;line-height:1.4;margin:0}
p{margin:.25rem 0 .75rem}
.small{font-size:.85rem}
.kind{margin:0 0 .5rem;font-size:.85rem;font-weight:600}
.verdict{border-radius:10px;padding:1.1rem 1.25rem;margin:0 0 1.25rem}
.verdict p{margin:0}
.verdict svg{float:left;margin:.15rem .9rem 0 0}
.verdict>div{overflow:hidden}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(5.5rem,1fr));gap:.75rem;margin:0 0 1.25rem;padding:0}
.tile{border-radius:8px;padding:.6rem .9rem}
.tile dt{font-size:.85rem}
.tile dd{margin:0;font-size:1.35rem;font-weight:600}
nav{margin:1.25rem 0 1rem}
nav a{margin-right:1.1rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:start;font-weight:600;padding:0 0 .35rem}
th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid}
thead th{font-size:.82rem;font-weight:600}
th[scope=row]{font-weight:400}
td.figure,th.figure{text-align:end;white-space:nowrap}
td.chart{width:34%;padding-right:0;vertical-align:middle}
bdi,td code{overflow-wrap:anywhere}
.places th:first-child{width:4.5rem;white-space:nowrap}
.places td:nth-child(2){width:30%}
h3 .badge,.rule p code{white-space:nowrap}
.apart{margin:1.75rem 0 .5rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.first{padding-left:1.3rem;margin:.25rem 0}
.first li{margin:0 0 .6rem}
.first .badge{margin-left:.35rem}
.all th[scope=row]{width:38%}
.dot{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;border:2px solid;margin-right:.5rem;print-color-adjust:exact;-webkit-print-color-adjust:exact}
summary{cursor:pointer}
summary h3{display:inline}
td.fill{width:7.5rem;padding-right:0}
.sent td:nth-child(2){width:28%}
.left th[scope=row]{width:30%}
td.note{width:45%}
.facts th{width:10rem}
.track{height:.7rem;border-radius:3px;overflow:hidden;min-width:3rem}
.bar{height:.7rem;border-radius:3px;min-width:2px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.rule{border-top:1px solid;padding:.9rem 0 1rem}
.rule p{margin:.2rem 0 .5rem}
.badge{display:inline-block;border-radius:4px;padding:0 .45rem;margin-right:.5rem;font-size:.8rem;font-weight:600;white-space:nowrap}
code{font:.85em/1.4 Consolas,"SF Mono",Menlo,"DejaVu Sans Mono",monospace;border-radius:3px;padding:.05rem .3rem;white-space:pre-wrap}
.two{margin-top:1.75rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.75rem 2.5rem}
.inner th[scope=row]{padding-left:1.25rem}
footer{border-top:1px solid;margin:2.5rem 0 0;padding:1rem 0 0;font-size:.85rem}
@media (max-width:38rem){
main{padding:1rem}
h1{font-size:1.35rem}
th,td{padding-right:.5rem}
.facts th{width:7rem}
}
@media print{
@page{margin:14mm 14mm}
body{font-size:9.5pt;line-height:1.35}
h2{margin:1rem 0 .35rem}
.all td,.all th{padding-top:.12rem;padding-bottom:.12rem}
.appendix{break-before:page}
details::details-content{content-visibility:visible;block-size:auto}
.verdict{padding:.7rem 1rem;margin-bottom:.7rem}
.tiles,.facts{margin-bottom:.6rem}
main{max-width:none;padding:0}
nav{display:none}
.tiles{gap:.5rem}
.tile{padding:.5rem .6rem}
.rule,tr,.verdict,.tile,.chart-part{break-inside:avoid}
h2,h3,caption{break-after:avoid}
thead{display:table-header-group}
.verdict,.tile,.badge,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;

/** The style sheet of a report. Paper is always light. */
export const STYLE = `${SHAPES}
${colours(LIGHT)}
@media screen and (prefers-color-scheme:dark){
${colours(DARK)}
}`;
