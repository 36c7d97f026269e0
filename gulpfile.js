const { src, dest, series } = require('gulp');

/** Carries to dist/ what the compiler leaves behind: icons, codex files and the schemas of outputs. */
function icons() {
	return src(['{nodes,credentials,icons}/**/*.{svg,png}'], { base: '.', encoding: false }).pipe(dest('dist'));
}

function codex() {
	return src(['nodes/**/*.node.json'], { base: '.' }).pipe(dest('dist'));
}

function schemas() {
	return src(['nodes/*/__schema__/**/*.json'], { base: '.' }).pipe(dest('dist'));
}

exports['build:static'] = series(icons, codex, schemas);
exports.default = exports['build:static'];
