const { src, dest, series } = require('gulp');

/** Carries to dist/ what the compiler leaves behind: icons and codex files. */
function icons() {
	return src(['{nodes,credentials,icons}/**/*.{svg,png}'], { base: '.', encoding: false }).pipe(dest('dist'));
}

function codex() {
	return src(['nodes/**/*.node.json'], { base: '.' }).pipe(dest('dist'));
}

exports['build:static'] = series(icons, codex);
exports.default = exports['build:static'];
