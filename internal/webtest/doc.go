// Package webtest opens the finished site in a real browser and holds it to what visitors were
// promised: nobody is shut out (axe, every rule), nothing leaves the device, nothing scrolls
// sideways, nothing jumps while it loads, the search answers as it is described, and the pages do
// the same job where scripts are off. It also hands calendars, address cards, feeds and records to
// readers that we did not write.
//
// Two sites are built. One is the institute's own, from content/ and data/ as they lie in the
// repository; the other is invented here and has what the first one lacks: people who are not
// samples, events, open courses, lists of more than one page, and an address below a host's root.
// Both are published files behind a plain server that sends what their _headers say, as a host
// would, so that a page which breaks its own Content-Security-Policy breaks a test.
//
// The day is fixed and the browser is told size and colours, so that a test says the same thing
// tomorrow. No test counts on a guessed time: it waits for what a visitor would see.
//
// Where there is no Chromium or no Node the tests that need them are skipped with a word that says
// how to get them; with CI=true they fail instead. The package holds tests and nothing else, and
// what package.json names is never published.
package webtest
