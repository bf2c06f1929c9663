/// What came of a run: [Findings] are its figures and violations, [JsonReport] and [HtmlReport] show them.
@org.jspecify.annotations.NullMarked
package dev.penstock.chaos.report;
